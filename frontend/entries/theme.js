// Runs before the first paint, as a plain script in the head, so that no page flashes in the wrong colours.
import { apply, read } from '../js/display.js';

apply(document.documentElement, read(localStorage));
