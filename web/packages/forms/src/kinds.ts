// All field types. A test holds this list against docs/schema.md.
import type { FieldType } from '@hougu/api/types';
import { addressKind } from './fields/address';
import { attachmentKind } from './fields/attachment';
import { autoNumberKind } from './fields/auto_number';
import { childTableKind } from './fields/child_table';
import { dateKind } from './fields/date';
import { dateTimeKind } from './fields/date_time';
import { durationKind } from './fields/duration';
import { emailKind } from './fields/email';
import { geolocationKind } from './fields/geolocation';
import { imageKind } from './fields/image';
import { integerKind } from './fields/integer';
import { longTextKind } from './fields/long_text';
import { moneyKind } from './fields/money';
import { multipleChoiceKind } from './fields/multiple_choice';
import { numberKind } from './fields/number';
import { phoneKind } from './fields/phone';
import { ratingKind } from './fields/rating';
import { relationKind } from './fields/relation';
import { relationManyKind } from './fields/relation_many';
import { richTextKind } from './fields/rich_text';
import { serialKind } from './fields/serial';
import { signatureKind } from './fields/signature';
import { singleChoiceKind } from './fields/single_choice';
import { teamKind } from './fields/team';
import { textKind } from './fields/text';
import { urlKind } from './fields/url';
import { userKind } from './fields/user';
import { yesNoKind } from './fields/yes_no';
import type { FieldKind } from './kind';

let all: Record<FieldType, FieldKind> | null = null;

// A function, so that a field made of fields (child_table) can ask for its cells' kinds.
export function kinds(): Record<FieldType, FieldKind> {
  all ??= {
    text: textKind,
    long_text: longTextKind,
    rich_text: richTextKind,
    number: numberKind,
    money: moneyKind,
    integer: integerKind,
    yes_no: yesNoKind,
    date: dateKind,
    date_time: dateTimeKind,
    duration: durationKind,
    single_choice: singleChoiceKind,
    multiple_choice: multipleChoiceKind,
    user: userKind,
    team: teamKind,
    relation: relationKind,
    relation_many: relationManyKind,
    child_table: childTableKind,
    attachment: attachmentKind,
    image: imageKind,
    signature: signatureKind,
    geolocation: geolocationKind,
    address: addressKind,
    phone: phoneKind,
    email: emailKind,
    url: urlKind,
    serial: serialKind,
    auto_number: autoNumberKind,
    rating: ratingKind,
  };
  return all;
}

/** The kind of a type; one that this page doesn't know yet is shown as text. */
export function kindOf(type: FieldType): FieldKind {
  return kinds()[type] ?? textKind;
}
