// Plans a visit, gives it to an engineer, moves it to another time, or calls it off.
import { errorText, post } from '@hougu/api/client';
import { useEntity } from '@hougu/api/queries';
import type { FieldValue, Json, RecordData, Ref } from '@hougu/api/types';
import { asRef, type Errors, errorsOf, fieldOf, kindOf, LookupPicker } from '@hougu/forms';
import { useText } from '@hougu/i18n';
import { useUndoToast } from '@hougu/ui';
import { Alert, Button, DatePicker, Input, Modal, Space, TimePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { type ReactNode, useId, useState } from 'react';
import { useVerb } from './use_verb';

export type VisitTask = 'plan' | 'assign' | 'move' | 'cancel';

interface VisitDialogProps {
  ticket: RecordData;
  visit: RecordData | null;
  task: VisitTask;
  onClose: () => void;
}

/** Parts of the day that are offered with one click: from hour, to hour. */
const parts: [name: string, from: number, to: number][] = [
  ['morning', 9, 12],
  ['afternoon', 13, 17],
  ['evening', 18, 20],
];

interface WindowValue {
  day: Dayjs | null;
  times: [Dayjs, Dayjs] | null;
}

export function windowOf({
  day,
  times,
}: WindowValue): { window_start: string; window_end: string } | null {
  if (!day || !times) return null;
  const at = (time: Dayjs) =>
    day.hour(time.hour()).minute(time.minute()).second(0).millisecond(0).toISOString();
  return { window_start: at(times[0]), window_end: at(times[1]) };
}

function WindowPicker({
  value,
  onChange,
  id,
}: {
  value: WindowValue;
  onChange: (value: WindowValue) => void;
  id: string;
}): ReactNode {
  const { t } = useText();
  return (
    <Space orientation="vertical" style={{ width: '100%' }}>
      <Space.Compact block>
        <DatePicker
          id={id}
          aria-label={t('desk.visit.day')}
          style={{ width: '50%' }}
          minDate={dayjs().startOf('day')}
          value={value.day}
          onChange={(day) => onChange({ ...value, day })}
        />
        <TimePicker.RangePicker
          aria-label={t('desk.visit.hours')}
          style={{ width: '60%' }}
          format="HH:mm"
          minuteStep={15}
          order
          value={value.times}
          onChange={(next) =>
            onChange({ ...value, times: next?.[0] && next[1] ? [next[0], next[1]] : null })
          }
        />
      </Space.Compact>
      <Space wrap>
        {[0, 1, 2].map((days) => (
          <Button
            key={days}
            size="small"
            onClick={() => onChange({ ...value, day: dayjs().add(days, 'day') })}
          >
            {t(`desk.visit.in_${days}`)}
          </Button>
        ))}
        {parts.map(([name, from, to]) => (
          <Button
            key={name}
            size="small"
            onClick={() =>
              onChange({
                day: value.day ?? dayjs(),
                times: [dayjs().hour(from).minute(0), dayjs().hour(to).minute(0)],
              })
            }
          >
            {t(`desk.visit.${name}`)}
          </Button>
        ))}
      </Space>
    </Space>
  );
}

function startWindow(visit: RecordData | null): WindowValue {
  const from = visit?.window_start;
  const to = visit?.window_end;
  if (typeof from !== 'string' || typeof to !== 'string') return { day: null, times: null };
  return { day: dayjs(from), times: [dayjs(from), dayjs(to)] };
}

export function VisitDialog({ ticket, visit, task, onClose }: VisitDialogProps): ReactNode {
  const { t, localized } = useText();
  const entity = useEntity('visit');
  const { refresh } = useVerb();
  const toast = useUndoToast();
  const prefix = useId();
  const [window, setWindow] = useState<WindowValue>(() => startWindow(visit));
  const [place, setPlace] = useState<FieldValue>(
    ticket.service_type === 'depot_repair' ? 'bench' : 'on_site',
  );
  const [engineer, setEngineer] = useState<Ref | null>(asRef(visit?.engineer));
  const [team, setTeam] = useState<Ref | null>(asRef(visit?.team ?? ticket.team));
  const [words, setWords] = useState('');
  const [errors, setErrors] = useState<Errors>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const placeField = entity && fieldOf(entity, 'place');
  const timed = task === 'plan' || task === 'move';
  const staffed = task === 'plan' || task === 'assign';

  const send = (): Promise<unknown> | Errors => {
    const hours = windowOf(window);
    const note = words.trim() || undefined;
    if (timed && !hours) return { window: t('desk.visit.time_missing') };
    if (task === 'plan') {
      const body: Record<string, Json | undefined> = {
        ticket: ticket.id,
        place: place as string,
        ...hours,
      };
      return post('/visit', { ...body, engineer: engineer?.id, team: team?.id, note });
    }
    const path = `/visit/${visit?.id}`;
    if (task === 'move') return post(`${path}/plan`, { version: visit?.version, ...hours, note });
    if (task === 'assign') {
      if (!engineer) return { engineer: t('forms.required') };
      return post(`${path}/assign`, {
        version: visit?.version,
        engineer: engineer.id,
        team: team?.id,
        reason: note,
      });
    }
    if (!note) return { words: t('forms.required') };
    return post(`${path}/cancel`, { version: visit?.version, reason: note });
  };
  const submit = async () => {
    const sent = send();
    if (!(sent instanceof Promise)) return setErrors(sent);
    setBusy(true);
    setProblem(null);
    try {
      await sent;
      refresh(ticket.id);
      toast({ text: t(`desk.visit.done_${task}`) });
      onClose();
    } catch (error) {
      const wrong = errorsOf(error);
      if (wrong?.engineer || wrong?.window_start)
        setErrors({ ...wrong, window: wrong.window_start ?? '' });
      else setProblem(errorText(error));
    } finally {
      setBusy(false);
    }
  };
  const complaint = (name: string) =>
    errors[name] ? (
      <div role="alert" className="desk-problem">
        {errors[name]}
      </div>
    ) : null;

  return (
    <Modal
      open
      title={t(`desk.visit.${task}_title`)}
      okText={t(`desk.visit.${task}`)}
      okButtonProps={{ danger: task === 'cancel' }}
      confirmLoading={busy}
      onOk={() => void submit()}
      onCancel={onClose}
    >
      <div className="desk-asks">
        {task === 'plan' && placeField && (
          <div className="desk-ask">
            <label htmlFor={`${prefix}-place`}>{localized(placeField.label)}</label>
            <PlaceEditor
              id={`${prefix}-place`}
              field={placeField}
              value={place}
              onChange={setPlace}
            />
          </div>
        )}
        {timed && (
          <div className="desk-ask">
            <label htmlFor={`${prefix}-window`}>{t('desk.visit.window')}</label>
            <WindowPicker id={`${prefix}-window`} value={window} onChange={setWindow} />
            {complaint('window')}
            {ticket.preferred_time && (
              <span className="desk-hint">
                {t('desk.visit.preferred', { time: String(ticket.preferred_time) })}
              </span>
            )}
          </div>
        )}
        {staffed && (
          <>
            <div className="desk-ask">
              <label htmlFor={`${prefix}-team`}>{t('desk.field.team')}</label>
              <LookupPicker id={`${prefix}-team`} entity="team" value={team} onChange={setTeam} />
            </div>
            <div className="desk-ask">
              <label htmlFor={`${prefix}-engineer`}>{t('desk.visit.engineer')}</label>
              <LookupPicker
                id={`${prefix}-engineer`}
                entity="user"
                team={team}
                value={engineer}
                onChange={setEngineer}
              />
              {complaint('engineer')}
              {task === 'plan' && (
                <span className="desk-hint">{t('desk.visit.engineer_later')}</span>
              )}
            </div>
          </>
        )}
        <div className="desk-ask">
          <label htmlFor={`${prefix}-words`}>
            {t(task === 'cancel' || task === 'assign' ? 'desk.field.reason' : 'desk.visit.note')}
          </label>
          <Input.TextArea
            id={`${prefix}-words`}
            autoSize={{ minRows: 2, maxRows: 8 }}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
          {complaint('words')}
        </div>
        {problem && <Alert type="error" role="alert" showIcon title={problem} />}
      </div>
    </Modal>
  );
}

const PlaceEditor = kindOf('single_choice').Editor;
