/** Which panel is shown where: each area adds its lines here. */
import type { ComponentType } from 'preact';
import { WhoAmI } from './account/WhoAmI.tsx';
import { AlertsPage } from './alerts/AlertsPage.tsx';
import { BoardPanel } from './board/BoardPanel.tsx';
import { CausesPage } from './causes/CausesPage.tsx';
import { DossierPage } from './dossier/DossierPage.tsx';
import { CoursePanel } from './exercise/Course.tsx';
import { ExercisePage } from './exercise/ExercisePage.tsx';
import { Globe } from './globe/Globe.tsx';
import { IncidentPage } from './incident/IncidentPage.tsx';
import { ObjectPage } from './object/ObjectPage.tsx';
import { QuietPage } from './quiet/QuietPage.tsx';
import {
  BeltPanel, GabbardPanel, InterferencePanel, ReceptionPanel, RelativePanel, TimelinePanel,
} from './pictures/panels.tsx';
import type { WordKey } from './words/words.ts';

/** What a panel is told: the rest of the address after its name. */
export interface PanelProps {
  readonly id: string;
}

/** Where a panel stands: left of the globe, in its place, right of it, or below. */
export type Area = 'left' | 'centre' | 'right' | 'bottom';

export interface Panel {
  readonly area: Area;
  /** First part of the address that shows it; `*` shows it where no other of its area is asked for. */
  readonly route: string;
  readonly title: WordKey;
  readonly component: ComponentType<PanelProps>;
}

export const PANELS: readonly Panel[] = [
  { area: 'centre', route: '*', title: 'shell.globe', component: Globe },
  { area: 'left', route: '*', title: 'board.title', component: BoardPanel },
  { area: 'right', route: 'incident', title: 'incident.page', component: IncidentPage },
  { area: 'right', route: 'object', title: 'object.page', component: ObjectPage },
  { area: 'centre', route: 'causes', title: 'causes.title', component: CausesPage },
  { area: 'centre', route: 'dossier', title: 'dossier.title', component: DossierPage },
  { area: 'centre', route: 'quiet', title: 'quiet.title', component: QuietPage },
  { area: 'centre', route: 'alerts', title: 'alerts.title', component: AlertsPage },
  { area: 'centre', route: 'account', title: 'account.who', component: WhoAmI },
  { area: 'centre', route: 'belt', title: 'pictures.belt', component: BeltPanel },
  { area: 'centre', route: 'relative', title: 'pictures.relative', component: RelativePanel },
  { area: 'centre', route: 'breakup', title: 'pictures.breakup', component: GabbardPanel },
  { area: 'centre', route: 'interference', title: 'pictures.interference', component: InterferencePanel },
  { area: 'centre', route: 'reception', title: 'pictures.reception', component: ReceptionPanel },
  { area: 'centre', route: 'exercise', title: 'exercise.title', component: ExercisePage },
  { area: 'bottom', route: 'exercise', title: 'exercise.course', component: CoursePanel },
  { area: 'bottom', route: '*', title: 'pictures.timeline', component: TimelinePanel },
];

/** Places that the bar on top leads to, in order; a place shows only where a panel has its route. */
export const PLACES: readonly { readonly route: string; readonly title: WordKey }[] = [
  { route: '', title: 'shell.globe' },
  { route: 'belt', title: 'shell.place_belt' },
  { route: 'interference', title: 'shell.place_interference' },
  { route: 'quiet', title: 'shell.place_quiet' },
  { route: 'alerts', title: 'shell.place_alerts' },
  { route: 'dossier', title: 'shell.place_dossier' },
  { route: 'exercise', title: 'exercise.title' },
];

/** The panel of an area at a place, or null where the area stays empty. */
export function panelAt(area: Area, place: string, panels: readonly Panel[] = PANELS): Panel | null {
  const here = panels.filter((panel) => panel.area === area);
  return (
    here.find((panel) => panel.route === place) ?? here.find((panel) => panel.route === '*') ?? null
  );
}
