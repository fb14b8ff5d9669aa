// Who belongs to a unit: added and taken out here.
import { errorText } from '@hougu/api/client';
import type { Unit, User } from '@hougu/api/types';
import { LookupPicker } from '@hougu/forms';
import { useText } from '@hougu/i18n';
import { Avatar, EmptyState, LoadProblem, useUndoToast } from '@hougu/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { More } from '../parts/more';
import { RoleNames } from '../roles/role_names';
import {
  belongsTo,
  mainUnit,
  readUser,
  updateUser,
  usersKey,
  useUsers,
} from '../users/user_queries';

export function UnitMembers({ unit }: { unit: Unit }): ReactNode {
  const { t } = useText();
  const queries = useQueryClient();
  const toast = useUndoToast();
  const [problem, setProblem] = useState<string | null>(null);
  const people = useUsers({ unit: unit.id, active: true });
  const users = people.data?.pages.flatMap((page) => page.records) ?? [];

  const belong = async (id: string, belongs: boolean): Promise<User | null> => {
    setProblem(null);
    try {
      const user = await readUser(id);
      if (belongsTo(user, unit.id) === belongs) return user;
      const others = user.units.map((u) => u.id).filter((u) => u !== unit.id);
      await updateUser(id, {
        units: belongs ? [...others, unit.id] : others,
        ...(!belongs && mainUnit(user) === unit.id && { unit: others[0] ?? null }),
      });
      await queries.invalidateQueries({ queryKey: usersKey });
      return user;
    } catch (error) {
      setProblem(errorText(error));
      return null;
    }
  };
  const takeOut = async (user: User) => {
    const before = { unit: mainUnit(user) };
    if (!(await belong(user.id, false))) return;
    toast({
      text: t('studio.organisation.taken_out', { name: user.name, unit: unit.name }),
      undo: async () => {
        await belong(user.id, true);
        await updateUser(user.id, before);
        await queries.invalidateQueries({ queryKey: usersKey });
      },
    });
  };

  return (
    <section aria-labelledby={`members-${unit.id}`}>
      <h3 id={`members-${unit.id}`}>{t('studio.organisation.members')}</h3>
      <div className="studio-gap">
        <LookupPicker
          entity="user"
          value={null}
          allowClear={false}
          aria-label={t('studio.organisation.add_member')}
          placeholder={t('studio.organisation.add_member')}
          onChange={(ref) => ref && void belong(ref.id, true)}
        />
      </div>
      {problem && (
        <Alert type="error" showIcon role="alert" title={problem} className="studio-gap" />
      )}
      {people.isError ? (
        <LoadProblem text={errorText(people.error)} onRetry={() => void people.refetch()} />
      ) : people.isPending ? (
        <Skeleton active avatar paragraph={{ rows: 2 }} />
      ) : users.length === 0 ? (
        <EmptyState title={t('studio.organisation.no_members')}>
          {t('studio.organisation.no_members_text')}
        </EmptyState>
      ) : (
        <ul className="studio-rows">
          {users.map((user) => (
            <li key={user.id} className="studio-row">
              <Avatar name={user.name} size={28} />
              <Link to={`/users/${user.id}`} className="hougu-cut">
                {user.name}
              </Link>
              <span className="studio-grow hougu-cut">
                <RoleNames names={user.roles} />
              </span>
              <Button
                size="small"
                type="text"
                onClick={() => void takeOut(user)}
                aria-label={t('studio.organisation.take_out_name', { name: user.name })}
              >
                {t('studio.organisation.take_out')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <More
        more={people.hasNextPage}
        busy={people.isFetchingNextPage}
        onMore={() => void people.fetchNextPage()}
      />
    </section>
  );
}
