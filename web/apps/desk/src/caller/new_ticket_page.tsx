// A new ticket while the phone rings: who calls, with which device, then what is wrong.
import { ArrowLeftOutlined } from '@ant-design/icons';
import { errorText, get, newKey, post } from '@hougu/api/client';
import { useCustomerFind, useEntity } from '@hougu/api/queries';
import type { EntityDefinition, RecordData, Ref } from '@hougu/api/types';
import {
  asRef,
  canWrite,
  errorsOf,
  missing,
  pickForm,
  RecordForm,
  titleOf,
  useSettled,
  type Values,
} from '@hougu/forms';
import { useText } from '@hougu/i18n';
import { EmptyState, usePageTitle, usePhone, useShortcuts, useUndoToast } from '@hougu/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Input, Segmented, Select } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { KeptState } from '../frame/use_kept';
import { ticketPath } from '../paths';
import { type KeptChanges, useDraftedForm, useKeptChanges } from '../records/use_drafted_form';
import { phoneOf, readCaller } from './caller';
import { CallerResults } from './caller_results';
import '../desk.css';
import '../records/records.css';

export default function NewTicketPage(): ReactNode {
  const { t } = useText();
  const entity = useEntity('ticket');
  const kept = useKeptChanges('ticket', 'new');
  if (!entity?.grants.create) {
    return <EmptyState title={t('desk.missing.entity')}>{t('desk.missing.create_why')}</EmptyState>;
  }
  return kept.ready ? <NewTicket entity={entity} kept={kept} /> : null;
}

const ref = (record: RecordData, title: unknown): Ref => ({
  id: record.id,
  title: String(title ?? record.id.slice(0, 8)),
});

/** What a chosen customer and device put into the ticket. */
export function valuesFrom(
  customer: RecordData | null,
  asset: RecordData | null,
  deviceTitle: string,
): Values {
  return {
    ...(customer && {
      customer: ref(customer, customer.name),
      contact_name: customer.name ?? null,
      contact_phone: customer.phone ?? null,
      address: asset?.address ?? customer.address ?? null,
    }),
    asset: asset && { id: asset.id, title: deviceTitle },
    serial_number: asset?.serial_number ?? null,
    ...(asset?.address && { address: asset.address }),
  };
}

function NewTicket({
  entity,
  kept,
}: {
  entity: EntityDefinition;
  kept: KeptState<KeptChanges>;
}): ReactNode {
  const { t } = useText();
  const go = useNavigate();
  const [params] = useSearchParams();
  const queries = useQueryClient();
  const toast = useUndoToast();
  const assets = useEntity('asset');
  const { draft, unsaved, discard } = useDraftedForm(entity, null, kept);
  const [typed, setTyped] = useState(params.get('q') ?? params.get('phone') ?? '');
  const search = readCaller(useSettled(typed, 250));
  const found = useCustomerFind(search ?? {}, search !== null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const key = useRef(newKey());
  const { put } = draft;
  usePageTitle(t('desk.caller.new'), t('desk.product'));

  const choose = (customer: RecordData | null, asset: RecordData | null) =>
    put(valuesFrom(customer, asset, asset && assets ? titleOf(assets, asset) : ''));
  const chosen = {
    customer: asRef(draft.values.customer)?.id ?? null,
    asset: asRef(draft.values.asset)?.id ?? null,
  };

  // From a customer's page: that customer is chosen already.
  const wanted = params.get('customer');
  useEffect(() => {
    if (!wanted) return;
    void get<RecordData>(`/customer/${wanted}`).then(
      (customer) => put(valuesFrom(customer, null, '')),
      () => {}, // gone or hidden: the agent searches
    );
  }, [wanted, put]);

  const startNew = () => {
    put({
      customer: null,
      asset: null,
      contact_name: null,
      contact_phone: phoneOf(typed),
      address: null,
    });
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>('[data-field="contact_name"] input')?.focus(),
    );
  };
  const submit = async () => {
    if (busy) return;
    const lacking = missing(entity, pickForm(entity, draft.values), draft.values);
    if (Object.keys(lacking).length > 0) return draft.setErrors(lacking);
    setBusy(true);
    setProblem(null);
    try {
      const made = await post<RecordData>('/ticket', draft.payload(), {
        idempotencyKey: key.current,
      });
      kept.clear();
      draft.reset(null);
      void queries.invalidateQueries({ queryKey: ['records', 'ticket'] });
      toast({ text: t('desk.caller.created', { number: String(made.number) }) });
      void go(ticketPath(made.id), { replace: true });
    } catch (error) {
      key.current = newKey();
      const wrong = errorsOf(error);
      if (wrong) draft.setErrors(wrong);
      setProblem(errorText(error));
      setBusy(false);
    }
  };
  useShortcuts({ 'mod+enter': () => void submit(), 'mod+s': () => void submit() });

  return (
    <article className="desk-new" aria-label={t('desk.caller.new')}>
      <header className="desk-record-head">
        <div className="desk-head-line">
          <Button
            type="text"
            icon={<ArrowLeftOutlined />}
            aria-label={t('ui.action.back')}
            onClick={() => void go(-1)}
          />
          <h1>{t('desk.caller.new')}</h1>
        </div>
      </header>
      <div className="desk-new-body">
        <section className="desk-new-caller" aria-label={t('desk.caller.who')}>
          <h2>{t('desk.caller.who')}</h2>
          <Input.Search
            autoFocus
            size="large"
            allowClear
            loading={found.isFetching}
            aria-label={t('desk.caller.search')}
            placeholder={t('desk.caller.search')}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          {found.error && (
            <Alert type="error" role="alert" showIcon title={errorText(found.error)} />
          )}
          {search && found.data ? (
            <CallerResults
              found={found.data}
              typed={typed}
              chosen={chosen}
              onCustomer={(customer, asset) => choose(customer, asset ?? null)}
              onDevice={(asset) => choose(null, asset)}
              onNew={startNew}
            />
          ) : (
            <p className="desk-hint">{t('desk.caller.hint')}</p>
          )}
        </section>
        <section className="desk-new-form" aria-label={t('desk.caller.what')}>
          <ServiceType
            entity={entity}
            value={draft.values.service_type}
            onChange={(value) => put({ service_type: value })}
          />
          {kept.restored && unsaved && (
            <Alert
              type="info"
              showIcon
              closable
              title={t('desk.records.restored_draft')}
              style={{ marginBottom: 16 }}
            />
          )}
          <RecordForm
            entity={entity}
            draft={draft}
            without={['service_type', 'region', 'in_warranty']}
          />
          <footer className="desk-savebar">
            {problem && (
              <span role="alert" className="desk-problem">
                {problem}
              </span>
            )}
            <span style={{ flex: 1 }} />
            {unsaved && <Button onClick={discard}>{t('desk.records.discard')}</Button>}
            <Button type="primary" loading={busy} onClick={() => void submit()}>
              {t('desk.caller.create')}
            </Button>
          </footer>
        </section>
      </div>
    </article>
  );
}

function ServiceType({
  entity,
  value,
  onChange,
}: {
  entity: EntityDefinition;
  value: unknown;
  onChange: (value: string) => void;
}): ReactNode {
  const { localized } = useText();
  const phone = usePhone();
  const field = entity.fields.find((one) => one.name === 'service_type');
  if (!field || !canWrite(entity, field)) return null;
  const options = (field.choices ?? [])
    .filter((choice) => !choice.archived)
    .map((choice) => ({ value: choice.value, label: localized(choice.label) }));
  const current = typeof value === 'string' ? value : (options[0]?.value ?? '');
  return (
    <div className="desk-service" role="group" aria-label={localized(field.label)}>
      {phone || options.length > 7 ? (
        <Select
          style={{ width: '100%' }}
          aria-label={localized(field.label)}
          value={current}
          options={options}
          onChange={onChange}
        />
      ) : (
        <Segmented
          block
          value={current}
          options={options}
          onChange={(next) => onChange(String(next))}
        />
      )}
    </div>
  );
}
