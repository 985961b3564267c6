// The page on which a sheet is filled.
import { startSheet } from '../js/sheet/start.js';

const page = document.querySelector('[data-sheet-page]');
if (page) startSheet(page);
