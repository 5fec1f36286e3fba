/** The frame of the console: strips, bar, three columns, time. */
import { useEffect, useState } from 'preact/hooks';
import { send } from '../api/client.ts';
import { liveState } from '../api/live.ts';
import { askedAgain, me } from '../api/shared.ts';
import { PANELS, PLACES, type Area, type Panel, panelAt } from '../panels.ts';
import { toggleLanguage, word } from '../words/words.ts';
import { KnowledgeBanner, MarkingStrip, RealityBanner, shownReality } from './Banners.tsx';
import { isPlayed } from './exerciseClock.ts';
import { HelpSheet } from './HelpSheet.tsx';
import { onKey } from './keys.ts';
import { go, linkTo, route } from './router.ts';
import { SearchBox } from './SearchBox.tsx';
import { SignIn } from './SignIn.tsx';
import { Empty, Guard } from './States.tsx';
import { theme, toggleTheme } from './theme.ts';
import { TimeBar } from './TimeBar.tsx';

function Live() {
  const state = liveState.value;
  const text = state === 'open' ? 'shell.live' : state === 'lost' ? 'shell.live_lost' : 'shell.live_connecting';
  return (
    <span class={`live live-${state}`} role="status">
      <svg viewBox="0 0 10 10" aria-hidden="true">
        {state === 'lost' ? <path d="M5 0 10 9H0z" /> : <circle cx="5" cy="5" r="4.5" />}
      </svg>
      {word(text)}
    </span>
  );
}

function Places() {
  const has = (place: string): boolean =>
    (place !== 'exercise' || isPlayed.value) &&
    (place === '' || PANELS.some((panel) => panel.route === place));
  return (
    <nav class="places" aria-label={word('shell.menu')}>
      {PLACES.filter((place) => has(place.route)).map((place) => (
        <a
          key={place.route}
          href={linkTo(place.route)}
          aria-current={route.value.name === place.route ? 'page' : undefined}
        >
          {word(place.title)}
        </a>
      ))}
    </nav>
  );
}

function Viewer() {
  const who = me.value.data;
  if (who === null || who.is_local) return null;
  const leave = (): void => {
    void send('DELETE', 'session').finally(() => {
      askedAgain.value += 1;
    });
  };
  return (
    <span class="viewer">
      <a href={linkTo('account')}>{who.name}</a>
      <button type="button" class="button" onClick={leave}>
        {word('signin.out')}
      </button>
    </span>
  );
}

function Bar({ help }: { readonly help: () => void }) {
  return (
    <header class="bar">
      <a class="brand" href={linkTo('')}>
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <path d="M16 1l3 12 12 3-12 3-3 12-3-12L1 16l12-3z" />
        </svg>
        <span>{word('shell.name')}</span>
      </a>
      <Places />
      <SearchBox />
      <Live />
      <Viewer />
      <button type="button" class="button" onClick={toggleTheme}>
        {word(theme.value === 'dark' ? 'shell.theme_light' : 'shell.theme_dark')}
      </button>
      <button type="button" class="button" title={word('shell.language_label')} onClick={toggleLanguage}>
        {word('shell.language')}
      </button>
      <button type="button" class="button" aria-label={word('shell.help')} onClick={help}>
        ?
      </button>
    </header>
  );
}

function Place({ area, panel, id }: { readonly area: Area; readonly panel: Panel; readonly id: string }) {
  const Shown = panel.component;
  const closable = area === 'right' || (area === 'centre' && panel.route !== '*');
  return (
    <>
      <div class="panel-head">
        <h2>{word(panel.title)}</h2>
        {closable && (
          <button type="button" class="button panel-close" aria-label={word('shell.close')} onClick={goHome}>
            ×
          </button>
        )}
      </div>
      <div class="panel-body">
        <Guard key={`${panel.route}/${id}`}>
          <Shown id={id} />
        </Guard>
      </div>
    </>
  );
}

/** The globe alone, as for a wall; marking and reality stay. */
function toggleWide(): void {
  const { wide, ...more } = route.peek().more;
  go({ more: wide === undefined ? { ...more, wide: '1' } : more });
}

function goHome(): void {
  go({ name: '', id: '', more: {} });
}

function Column({ area, label }: { readonly area: Area; readonly label: string }) {
  const panel = panelAt(area, route.value.name);
  const Tag = area === 'centre' ? 'main' : area === 'bottom' ? 'section' : 'aside';
  return (
    <Tag class={`area area-${area}`} id={`area-${area}`} aria-label={label} tabIndex={-1}>
      {panel === null ? <Empty /> : <Place area={area} panel={panel} id={panel.route === '*' ? '' : route.value.id} />}
    </Tag>
  );
}

export function Frame() {
  const [helping, setHelping] = useState(false);
  useEffect(() => {
    const undo = [
      onKey('?', () => setHelping(true)),
      onKey('t', toggleTheme),
      onKey('l', toggleLanguage),
      onKey('w', toggleWide),
      onKey('x', () => isPlayed.peek() && go({ name: 'exercise', id: '', more: {} })),
      onKey('Escape', goHome),
    ];
    return () => undo.forEach((one) => one());
  }, []);
  if (me.value.problem?.status === 401) return <SignIn />;
  const place = route.value.name;
  const wide = route.value.more['wide'] !== undefined;
  const right = panelAt('right', place) !== null;
  const known = place === '' || PANELS.some((panel) => panel.route === place);
  return (
    <div class={`frame frame-${shownReality().toLowerCase()}${wide ? ' frame-wide' : right || !known ? ' frame-right' : ''}`}>
      <a class="skip" href="#area-left" onClick={skip}>
        {word('shell.skip')}
      </a>
      <div class="strips">
        <MarkingStrip />
        <RealityBanner />
        <KnowledgeBanner />
      </div>
      <Bar help={() => setHelping(true)} />
      <Column area="left" label={word('shell.board')} />
      <Column area="centre" label={word('shell.globe')} />
      {right && <Column area="right" label={word('shell.details')} />}
      {!known && (
        <aside class="area area-right">
          <Empty>{word('shell.unknown_place')}</Empty>
        </aside>
      )}
      <footer class="bottom">
        {place !== 'exercise' && <TimeBar />}
        {panelAt('bottom', place) !== null && <Column area="bottom" label={word('shell.timeline')} />}
      </footer>
      {helping && <HelpSheet close={() => setHelping(false)} />}
    </div>
  );
}

function skip(event: Event): void {
  // The address belongs to the router; only the focus moves.
  event.preventDefault();
  document.getElementById('area-left')?.focus();
}
