import type { Migration } from 'kysely';
import * as foundation from './2026-11-21-foundation.ts';
import * as incidentText from './2026-11-22-a-incident-text.ts';
import * as access from './2026-11-22-access.ts';
import * as devices from './2026-11-22-c-devices.ts';
import * as duty from './2026-11-22-d-duty.ts';
import * as privacy from './2026-11-22-e-privacy.ts';
import * as positionDiscard from './2026-11-22-position-discard.ts';
import * as whereabouts from './2026-11-22-whereabouts.ts';
import * as writesAtHome from './2026-11-22-writes-at-home.ts';
import * as revocations from './2026-11-22-x-revocations.ts';
import * as totpStep from './2026-11-22-y-totp-step.ts';
import * as unitAudit from './2026-11-22-z-unit-audit.ts';
import * as insidePlannedOnce from './2026-11-22-za-inside-planned-once.ts';
import * as incidentImport from './2026-11-22-zh-incident-import.ts';
import * as calendars from './2026-11-22-zj-a-calendars.ts';
import * as analyses from './2026-11-22-zj-b-analyses.ts';
import * as earlyWarning from './2026-11-22-zk-early-warning.ts';
import * as dataChange from './2026-11-22-zl-data-change.ts';
import * as countedIndex from './2026-11-22-zm-counted-index.ts';
import * as warningEnding from './2026-11-22-zn-warning-ending.ts';
import * as areasWithinDrawn from './2026-11-22-zo-areas-within-drawn.ts';
import * as analysisPlaces from './2026-11-22-zp-analysis-places.ts';
import * as unusedPlaces from './2026-11-22-zq-unused-places.ts';
import * as removedTitles from './2026-11-22-zr-a-removed-titles.ts';
import * as devicesAtHome from './2026-11-22-zr-b-devices-at-home.ts';
import * as accountMaker from './2026-11-22-zs-account-maker.ts';
import * as textsTold from './2026-11-22-zt-a-texts-told.ts';
import * as dutyEnds from './2026-11-22-zt-b-duty-ends.ts';
import * as plans from './2026-11-22-zt-plans.ts';

/** Every migration, oldest first: an explicit list, so that no file is run for merely lying in the folder. */
export const migrations: Record<string, Migration> = {
  '2026-11-21-foundation': foundation,
  '2026-11-22-a-incident-text': incidentText,
  '2026-11-22-access': access,
  '2026-11-22-c-devices': devices,
  '2026-11-22-d-duty': duty,
  '2026-11-22-e-privacy': privacy,
  '2026-11-22-position-discard': positionDiscard,
  '2026-11-22-whereabouts': whereabouts,
  '2026-11-22-writes-at-home': writesAtHome,
  '2026-11-22-x-revocations': revocations,
  '2026-11-22-y-totp-step': totpStep,
  '2026-11-22-z-unit-audit': unitAudit,
  '2026-11-22-za-inside-planned-once': insidePlannedOnce,
  '2026-11-22-zh-incident-import': incidentImport,
  '2026-11-22-zj-a-calendars': calendars,
  '2026-11-22-zj-b-analyses': analyses,
  '2026-11-22-zk-early-warning': earlyWarning,
  '2026-11-22-zl-data-change': dataChange,
  '2026-11-22-zm-counted-index': countedIndex,
  '2026-11-22-zn-warning-ending': warningEnding,
  '2026-11-22-zo-areas-within-drawn': areasWithinDrawn,
  '2026-11-22-zp-analysis-places': analysisPlaces,
  '2026-11-22-zq-unused-places': unusedPlaces,
  '2026-11-22-zr-a-removed-titles': removedTitles,
  '2026-11-22-zr-b-devices-at-home': devicesAtHome,
  '2026-11-22-zs-account-maker': accountMaker,
  '2026-11-22-zt-a-texts-told': textsTold,
  '2026-11-22-zt-b-duty-ends': dutyEnds,
  '2026-11-22-zt-plans': plans,
};
