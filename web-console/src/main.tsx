/** Assembly: start what listens, then draw the frame. */
import { render } from 'preact';
import { listenLive } from './api/live.ts';
import { followServer } from './api/shared.ts';
import { startClock } from './shell/clock.ts';
import { Frame } from './shell/Frame.tsx';
import { listenToKeys } from './shell/keys.ts';
import { followPresent } from './shell/present.ts';
import { followAddress } from './shell/router.ts';
import { followTheme } from './shell/theme.ts';
import { followTables } from './words/tables.ts';
import { followLanguage } from './words/words.ts';
import './style/tokens.css';
import './style/shell.css';
import './style/globe.css';
import './style/pictures.css';

followTheme();
followLanguage();
followAddress();
startClock();
followServer();
followTables();
followPresent();
listenToKeys();
listenLive();
const root = document.getElementById('console');
if (root !== null) render(<Frame />, root);
