// The organisation: its tree at the left, the chosen unit beside it.
import { ApartmentOutlined, PlusOutlined } from '@ant-design/icons';
import { errorText } from '@hougu/api/client';
import type { Unit } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { EmptyState, LoadProblem, usePhone, useShortcuts, useUndoToast } from '@hougu/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Drawer, Input, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { Page } from '../parts/page';
import { useSearchBox } from '../parts/use_search';
import { UnitDetail } from './unit_detail';
import { UnitForm } from './unit_form';
import { unitsKey, updateUnit, useUnits } from './unit_queries';
import { likelyKind, parentId } from './unit_tree';
import { UnitTreeView } from './unit_tree_view';

export default function OrganisationPage(): ReactNode {
  const { t } = useText();
  const { id } = useParams();
  const go = useNavigate();
  const phone = usePhone();
  const queries = useQueryClient();
  const toast = useUndoToast();
  const units = useUnits();
  const { search, typed, setTyped, box } = useSearchBox();
  const [archived, setArchived] = useState(false);
  const [adding, setAdding] = useState<{ parent: string | null } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const all = units.data ?? [];
  const chosen = all.find((unit) => unit.id === id);
  const open = (unit: Unit | null) => void go(unit ? `/organisation/${unit.id}` : '/organisation');
  const add = () => setAdding({ parent: chosen?.id ?? all.find((u) => !parentId(u))?.id ?? null });
  useShortcuts({ n: add });

  const change = async (unit: Unit, parent: string | null) => {
    setProblem(null);
    try {
      await updateUnit(unit.id, { parent });
      await queries.invalidateQueries({ queryKey: unitsKey });
      return true;
    } catch (error) {
      setProblem(errorText(error));
      return false;
    }
  };
  const move = async (unit: Unit, parent: string | null) => {
    const before = parentId(unit);
    if (!(await change(unit, parent))) return;
    const to = all.find((candidate) => candidate.id === parent)?.name;
    toast({
      text: to
        ? t('studio.organisation.moved', { name: unit.name, to })
        : t('studio.organisation.moved_top', { name: unit.name }),
      undo: async () => void (await change(unit, before)),
    });
  };

  const detail = chosen && (
    <UnitDetail
      key={chosen.id}
      unit={chosen}
      units={all}
      onMove={move}
      onAdd={() => setAdding({ parent: chosen.id })}
      onGone={() => open(null)}
    />
  );
  return (
    <Page
      title={t('studio.page.organisation')}
      intro={t('studio.organisation.intro')}
      actions={
        <Button type="primary" icon={<PlusOutlined />} onClick={add}>
          {t('studio.organisation.add')}
        </Button>
      }
    >
      {problem && (
        <Alert
          type="error"
          showIcon
          role="alert"
          closable={{ onClose: () => setProblem(null) }}
          title={problem}
          className="studio-gap"
        />
      )}
      {units.isError ? (
        <LoadProblem text={errorText(units.error)} onRetry={() => void units.refetch()} />
      ) : (
        <div className="studio-split">
          <section className="studio-card" aria-label={t('studio.organisation.tree')}>
            <div className="studio-bar">
              <Input
                ref={box}
                allowClear
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                placeholder={t('studio.organisation.search')}
                aria-label={t('studio.organisation.search')}
              />
              <Checkbox
                checked={archived}
                onChange={(event) => setArchived(event.target.checked)}
                className="studio-nowrap"
              >
                {t('studio.organisation.show_archived')}
              </Checkbox>
            </div>
            {units.isPending ? (
              <Skeleton active title={false} paragraph={{ rows: 6 }} />
            ) : (
              <UnitTreeView
                units={archived ? all : all.filter((unit) => !unit.archived)}
                chosen={chosen}
                search={search}
                onChoose={open}
                onMove={move}
              />
            )}
          </section>
          {!phone && (
            <section className="studio-card" aria-label={t('studio.organisation.detail')}>
              {detail ?? (
                <EmptyState icon={<ApartmentOutlined />} title={t('studio.organisation.choose')}>
                  {t('studio.organisation.choose_text')}
                </EmptyState>
              )}
            </section>
          )}
        </div>
      )}
      <Drawer
        open={phone && Boolean(chosen)}
        onClose={() => open(null)}
        size="100%"
        title={chosen?.name}
      >
        {phone && detail}
      </Drawer>
      <UnitForm
        open={adding !== null}
        units={all}
        initial={{
          parent: adding?.parent ?? null,
          kind: likelyKind(all.find((unit) => unit.id === adding?.parent)),
        }}
        onClose={() => setAdding(null)}
        onSaved={(unit) => {
          setAdding(null);
          toast({ text: t('studio.organisation.added', { name: unit.name }) });
          open(unit);
        }}
      />
    </Page>
  );
}
