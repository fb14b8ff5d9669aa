import { startApp } from '@hougu/ui/start';
import { Studio } from './studio';

await startApp('studio', <Studio />);
