import { startApp } from '@hougu/ui/start';
import { Field } from './app/field';
import { startServiceWorker } from './app/service_worker';
import { PhoneMemory } from './kept/memory';
import { queriesForPhones } from './kept/seen';
import { OutboxProvider } from './outbox/provider';
import './field.css';
import './parts.css';

await startApp(
  'field',
  <OutboxProvider>
    <Field />
  </OutboxProvider>,
  queriesForPhones(),
  new PhoneMemory(window.localStorage),
);
startServiceWorker();
