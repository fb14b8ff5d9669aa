import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PortalInfoProvider } from '../app/portal_info';
import { loadText } from '../text/load';
import { TextProvider } from '../text/text';
import ReportPage from './report_page';

interface Sent {
  key: string | undefined;
  body: Record<string, unknown>;
}
let sent: Sent[];
// what the next reports meet: 'lost' takes them and never answers
let answers: ('lost' | 'refused')[];

const info = {
  organisation: { name: '瀚海', logo_url: null, accent_color: null, phone: null, welcome: null },
  service_types: [{ value: 'on_site_repair', label: '上门维修' }],
  fault_categories: [{ value: 'leak', label: '漏水' }],
};
const device = {
  product: { name: '静享空调', model: 'KFR', picture_url: null },
  serial_number: '****0123',
  warranty: { state: 'in', until: '2027-03-01' },
  services: [],
  open_ticket: null,
  contact: { name: '李*', phone: '138****5678' },
};
const json = (value: unknown, status = 200) => new Response(JSON.stringify(value), { status });

async function server(url: string, init?: RequestInit): Promise<Response> {
  if (url.endsWith('/portal')) return json(info);
  if (url.includes('/portal/asset/')) return json(device);
  const headers = init?.headers as Record<string, string>;
  sent.push({ key: headers['Idempotency-Key'], body: JSON.parse(String(init?.body)) });
  const answer = answers.shift();
  if (answer === 'lost') throw new TypeError('network');
  if (answer === 'refused') {
    const fields = [{ field: 'contact_phone', code: 'field.invalid', message: '电话不对' }];
    return json({ code: 'validation', message: '请检查', details: { fields } }, 422);
  }
  return json({ number: 'SD1', track_url: '/track/tok', message: '' }, 201);
}

async function open() {
  const text = await loadText('zh-CN');
  render(
    <TextProvider text={text} onLocale={() => undefined}>
      <PortalInfoProvider>
        <ReportPage token="qr" />
      </PortalInfoProvider>
    </TextProvider>,
  );
  await screen.findByText('故障现象');
}
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

beforeEach(() => {
  sent = [];
  answers = [];
  localStorage.clear();
  window.history.replaceState(null, '', '/s/qr');
  vi.stubGlobal('fetch', server);
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }));
  window.scrollTo = () => undefined;
});
afterEach(() => vi.unstubAllGlobals());

it('sends in two steps, a double tap only once', async () => {
  await open();
  press('下一步');
  expect(await screen.findByText('请选一个故障现象,或写几个字说明情况。')).toBeTruthy();
  fireEvent.click(screen.getByLabelText('漏水'));
  press('下一步');
  await screen.findByText('用上次的联系方式');
  press('提交');
  press('正在提交');
  await waitFor(() => expect(window.location.pathname).toBe('/track/tok'));
  expect(sent).toHaveLength(1);
  expect(sent[0]?.body).toEqual({
    qr_token: 'qr',
    fault_category: 'leak',
    description: '漏水',
    photos: [],
    use_known_contact: true,
  });
  expect(localStorage.getItem('hougu.portal.draft.qr')).toBeNull();
});

// An upload that ends when the test says so.
class Upload {
  static all: Upload[] = [];
  upload = {};
  status = 0;
  responseText = '';
  onload = () => undefined;
  onerror = () => undefined;
  open() {}
  setRequestHeader() {}
  abort() {}
  send() {
    Upload.all.push(this);
  }
  arrive(id: string) {
    this.status = 201;
    this.responseText = JSON.stringify({ id });
    this.onload();
  }
}

async function addPhoto() {
  const before = Upload.all.length;
  const file = new File(['x'], 'a.jpg', { type: 'image/jpeg' });
  fireEvent.change(document.querySelector('input[type=file]') as Element, {
    target: { files: [file] },
  });
  await waitFor(() => expect(Upload.all).toHaveLength(before + 1));
}

it('lets the second step be filled in while pictures are sent, and sends when they have arrived', async () => {
  vi.stubGlobal('XMLHttpRequest', Upload);
  await open();
  fireEvent.click(screen.getByLabelText('漏水'));
  await addPhoto();
  press('下一步');
  expect(await screen.findByText(/照片正在上传/)).toBeTruthy();
  press('提交');
  expect(await screen.findByText(/传完会自动提交/)).toBeTruthy();
  expect(sent).toHaveLength(0);
  Upload.all.at(-1)?.arrive('p1');
  await waitFor(() => expect(window.location.pathname).toBe('/track/tok'));
  expect(sent[0]?.body.photos).toEqual(['p1']);
});

it('says which pictures did not arrive instead of sending without them unasked', async () => {
  vi.stubGlobal('XMLHttpRequest', Upload);
  await open();
  fireEvent.click(screen.getByLabelText('漏水'));
  await addPhoto();
  press('下一步');
  await screen.findByText('用上次的联系方式');
  press('提交');
  Upload.all.at(-1)?.onerror();
  expect(await screen.findByText(/有 1 张照片没传上去/)).toBeTruthy();
  expect(sent).toHaveLength(0);
  press('提交');
  await waitFor(() => expect(sent).toHaveLength(1));
});

it('unmarks only the field that is being mended', async () => {
  await open();
  fireEvent.click(screen.getByLabelText('漏水'));
  press('下一步');
  fireEvent.click(await screen.findByLabelText('换一个'));
  press('提交');
  expect(await screen.findByText('请填写联系人姓名。')).toBeTruthy();
  fireEvent.change(screen.getByLabelText('联系人'), { target: { value: '张' } });
  expect(screen.queryByText('请填写联系人姓名。')).toBeNull();
  expect(screen.getByText('请填写电话,方便我们联系您。')).toBeTruthy();
});

it('goes back to the first step by the phone’s own way back', async () => {
  await open();
  fireEvent.click(screen.getByLabelText('漏水'));
  press('下一步');
  await screen.findByText('用上次的联系方式');
  fireEvent.popState(window, { state: null });
  expect(await screen.findByText('故障现象')).toBeTruthy();
});

it('settles a lost answer with the same key before anything else', async () => {
  answers = ['lost'];
  await open();
  fireEvent.click(screen.getByLabelText('漏水'));
  press('下一步');
  press('提交');
  expect(await screen.findByText('正在确认是否已提交')).toBeTruthy();
  press('立即重试');
  await waitFor(() => expect(window.location.pathname).toBe('/track/tok'));
  expect(sent).toHaveLength(2);
  expect(sent[1]).toEqual(sent[0]);
});

it('places the server’s errors beside their fields and keeps what was typed', async () => {
  answers = ['refused'];
  await open();
  fireEvent.change(screen.getByLabelText('说说具体情况'), { target: { value: '滴水' } });
  press('下一步');
  fireEvent.click(screen.getByLabelText('换一个'));
  fireEvent.change(screen.getByLabelText('联系人'), { target: { value: '张三' } });
  fireEvent.change(screen.getByLabelText('电话'), { target: { value: '13812345678' } });
  press('提交');
  const problem = await screen.findByText('电话不对');
  const phone = screen.getByLabelText('电话');
  expect(phone.getAttribute('aria-describedby')).toBe(problem.id);
  expect((phone as HTMLInputElement).value).toBe('13812345678');
  fireEvent.change(phone, { target: { value: '13812345679' } });
  press('提交');
  await waitFor(() => expect(window.location.pathname).toBe('/track/tok'));
  expect(sent[1]?.key).not.toBe(sent[0]?.key);
});
