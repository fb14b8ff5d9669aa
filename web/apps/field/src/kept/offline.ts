import { useConnected } from '@hougu/api/live';
import { useSession } from '@hougu/api/session';

/** True while nothing can be asked of the server: what is shown comes from the phone. */
export function useOffline(): boolean {
  const connected = useConnected();
  const { remembered } = useSession();
  return !connected || remembered;
}
