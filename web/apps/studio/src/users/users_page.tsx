// People: found, filtered, opened beside the list.
import { PlusOutlined, TeamOutlined } from '@ant-design/icons';
import { errorText } from '@hougu/api/client';
import type { User } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import {
  Avatar,
  EmptyState,
  LoadProblem,
  RelativeTime,
  StatusTag,
  usePhone,
  useShortcuts,
} from '@hougu/ui';
import { Button, Input, Segmented, Select, Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import { UnitPicker } from '../organisation/unit_picker';
import { More } from '../parts/more';
import { Page, RowsSkeleton } from '../parts/page';
import { useParam, useSearchBox } from '../parts/use_search';
import { RoleNames } from '../roles/role_names';
import { useRoles } from '../roles/role_queries';
import { UserDrawer } from './user_drawer';
import { type UserFilter, useUsers } from './user_queries';

function useFilter(search: string) {
  const [role, setRole] = useParam('role');
  const [unit, setUnit] = useParam('unit');
  const [state, setState] = useParam('state');
  const filter: UserFilter = {
    ...(search && { search }),
    ...(role && { role }),
    ...(unit && { unit }),
    ...(state !== 'all' && { active: state !== 'inactive' }),
  };
  return { filter, role, setRole, unit, setUnit, state: state || 'active', setState };
}

export default function UsersPage(): ReactNode {
  const { t, localized } = useText();
  const { id } = useParams();
  const go = useNavigate();
  const phone = usePhone();
  const { search: address } = useLocation();
  const { search, typed, setTyped, box } = useSearchBox();
  const { filter, role, setRole, unit, setUnit, state, setState } = useFilter(search);
  const roles = useRoles();
  const list = useUsers(filter);
  const users = list.data?.pages.flatMap((page) => page.records) ?? [];
  const open = (user: string | null) =>
    void go({ pathname: user ? `/users/${user}` : '/users', search: address });
  useShortcuts({ n: () => open('new') });

  const name = (user: User) => (
    <span className="studio-person">
      <Avatar name={user.name} size={32} />
      <span className="studio-person-words">
        <Link
          to={{ pathname: `/users/${user.id}`, search: address }}
          className="hougu-cut"
          onClick={(event) => event.stopPropagation()}
        >
          {user.name}
        </Link>
        <small className="studio-soft hougu-cut">
          {phone ? <RoleNames names={user.roles} /> : user.login}
        </small>
      </span>
      {!user.active && <StatusTag>{t('studio.users.inactive')}</StatusTag>}
    </span>
  );
  const columns: TableColumnsType<User> = [
    { key: 'name', title: t('studio.users.name'), render: (_, user) => name(user) },
    {
      key: 'phone',
      title: t('studio.users.phone'),
      dataIndex: 'phone',
      responsive: ['lg'],
      width: 140,
    },
    {
      key: 'unit',
      title: t('studio.users.units'),
      responsive: ['md'],
      ellipsis: true,
      render: (_, user) => user.units.map((own) => own.name).join(t('studio.common.comma')),
    },
    {
      key: 'roles',
      title: t('studio.users.roles'),
      responsive: ['md'],
      ellipsis: true,
      render: (_, user) => <RoleNames names={user.roles} />,
    },
    {
      key: 'seen',
      title: t('studio.users.last_seen'),
      width: 130,
      responsive: ['lg'],
      render: (_, user) =>
        user.last_seen_at ? (
          <RelativeTime at={user.last_seen_at} />
        ) : (
          <span className="studio-soft">{t('studio.users.never')}</span>
        ),
    },
  ];
  const filtered = Boolean(search || role || unit || state !== 'active');
  return (
    <Page
      title={t('studio.page.users')}
      intro={t('studio.users.intro')}
      actions={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => open('new')}>
          {t('studio.users.add')}
        </Button>
      }
    >
      <div className="studio-bar" role="search">
        <Input
          ref={box}
          allowClear
          className="studio-search"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          placeholder={t('studio.users.search')}
          aria-label={t('studio.users.search')}
        />
        <Select
          allowClear
          className="studio-filter"
          value={role || undefined}
          onChange={(value?: string) => setRole(value ?? '')}
          placeholder={t('studio.users.any_role')}
          aria-label={t('studio.users.role')}
          options={(roles.data ?? []).map((one) => ({
            value: one.name,
            label: localized(one.label) || one.name,
          }))}
        />
        <UnitPicker
          style={{}}
          value={unit || null}
          onChange={(value) => setUnit(value ?? '')}
          placeholder={t('studio.users.any_unit')}
          aria-label={t('studio.users.unit')}
        />
        <Segmented
          value={state}
          onChange={(value) => setState(value === 'active' ? '' : value)}
          aria-label={t('studio.users.state')}
          options={['active', 'inactive', 'all'].map((value) => ({
            value,
            label: t(`studio.users.state_${value}`),
          }))}
        />
      </div>
      {list.isError ? (
        <LoadProblem text={errorText(list.error)} onRetry={() => void list.refetch()} />
      ) : (
        <Table<User>
          className="studio-table"
          size="middle"
          rowKey="id"
          columns={columns}
          dataSource={users}
          pagination={false}
          onRow={(user) => ({ onClick: () => open(user.id), className: 'studio-click' })}
          locale={{
            emptyText: list.isPending ? (
              <RowsSkeleton />
            ) : (
              <EmptyState
                icon={<TeamOutlined />}
                title={t(filtered ? 'studio.common.nothing_found' : 'studio.users.none')}
                action={
                  !filtered && <Button onClick={() => open('new')}>{t('studio.users.add')}</Button>
                }
              >
                {t(filtered ? 'studio.common.other_filter' : 'studio.users.none_text')}
              </EmptyState>
            ),
          }}
        />
      )}
      <More
        more={list.hasNextPage}
        busy={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
      <UserDrawer id={id} onClose={() => open(null)} />
    </Page>
  );
}
