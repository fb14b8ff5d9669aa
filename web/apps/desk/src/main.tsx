import { fetchEntitiesEarly, makeQueryClient } from '@hougu/api/queries';
import { startApp } from '@hougu/ui/start';
import { Desk } from './desk';

const queries = makeQueryClient();
fetchEntitiesEarly(queries);
await startApp('desk', <Desk />, queries);
