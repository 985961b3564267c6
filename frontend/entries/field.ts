// The field page.
import { start } from '../field/page/start.ts';

void start(document.body);
