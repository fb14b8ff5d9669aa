// A visit as GET /visit/mine and /visit/{id}/job answer it (docs/api.md, "Visits").
import type { Address, FileRef, Geolocation, Ref, Warranty } from '@hougu/api/types';

export type VisitStatus =
  | 'planned'
  | 'assigned'
  | 'accepted'
  | 'travelling'
  | 'arrived'
  | 'completed'
  | 'unfinished'
  | 'refused'
  | 'cancelled';

export interface JobTicket {
  id?: string;
  number: string;
  subject: string;
  description: string | null;
  priority: string | null;
  contact_name: string | null;
  contact_phone: string | null;
  address: Address | null;
  location: Geolocation | null;
  photos: FileRef[] | null;
  in_warranty: boolean | null;
  service_type: string | null;
  fault_category?: string | null;
  preferred_time?: string | null;
  serial_number?: string | null;
}

export interface JobAsset {
  id: string;
  product?: Ref | null;
  serial_number?: string | null;
  warranty?: Warranty | null;
  warranty_until?: string | null;
  installed_on?: string | null;
  note?: string | null;
}

export interface Visit {
  id: string;
  version: number;
  created_at: string;
  _can?: string[];
  number: string;
  ticket: Ref;
  status: VisitStatus;
  place: 'on_site' | 'bench' | 'remote';
  window_start: string | null;
  window_end: string | null;
  eta: string | null;
  arrived_at: string | null;
  ended_at: string | null;
  note: string | null;
  engineer: Ref | null;
  fault_cause: string | null;
  action_taken: string | null;
  unfinished_reason: string | null;
  next_needs: string | null;
}

export interface Job extends Visit {
  _ticket: JobTicket | null;
  _asset: JobAsset | null;
  _history?: Visit[];
}
