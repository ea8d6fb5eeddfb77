import { chooseWhatIsTyped } from './conflict.js';
import { offerCopying } from './copy.js';
import { countCharacters } from './counter.js';
import { followImport } from './import-progress.js';
import { searchAsYouType } from './live-search.js';
import { closeMenus } from './menu.js';
import { offerPromptStarts } from './prompt-starts.js';
import { countSelection } from './selection.js';
import { offerShortcuts } from './shortcuts.js';
import { warnBeforeLeaving } from './unsaved.js';

// Each is an addition to a page that works without it.
countCharacters();
offerPromptStarts();
offerCopying();
searchAsYouType();
countSelection();
closeMenus();
followImport();
offerShortcuts();
chooseWhatIsTyped();
warnBeforeLeaving();
