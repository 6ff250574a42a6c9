import type { HelpDocument } from './documents.ts';

export const documents: HelpDocument[] = [
  {
    key: 'impact',
    title: 'Data protection impact assessment',
    lead: 'Law 27/2022 art. 34 asks for an assessment before processing of high risk. Tracking officers and volunteers is such. What is known of Ronda is filled in; complete the rest, sign it, and keep it.',
    checklist: false,
    parts: [
      {
        title: '1. Who and what',
        items: [
          { label: 'Controller (organisation, address, person responsible)' },
          { label: 'Data protection officer (art. 53)' },
          { label: 'Processor, if somebody else runs the server (art. 51)' },
          {
            label: 'Purpose',
            known:
              'Situational awareness of public order: knowing which units are on duty, logging incidents by place and time, sending the nearest help.',
          },
          { label: 'Legal basis (art. 20): public service, legal obligation, or consent' },
        ],
      },
      {
        title: '2. Why the risk is high (art. 34 par. 2)',
        items: [
          { label: 'Systematic monitoring of data subjects (d)', known: 'Yes: positions of units while on duty.' },
          { label: 'Large scale (c): number of units and accounts, extent of the area' },
          {
            label: 'Specific data (b)',
            known:
              'There is no field for it. Free text is checked for NIK, phone numbers, account names, links and plates; the writer is warned before saving.',
          },
          {
            label: 'Automatic decisions and scoring of people (a, d)',
            known: 'None. Ronda scores no person, household or voter.',
          },
          { label: 'Matching or combining data (e), new technology (f), limiting rights (g)' },
        ],
      },
      {
        title: '3. Data, sources, and how long they are kept',
        items: [
          {
            label: 'Officers and volunteers',
            known:
              'Display name, user name, roles, sessions; position, heading, speed and battery of devices while on duty. Raw tracks are thinned and then deleted, after 30 days by default (RETENTION_DAYS).',
          },
          {
            label: 'Residents',
            known:
              'No identities. Incidents hold category, place, time and a description without names, faces, party, religion or ethnicity.',
          },
          { label: 'How long incidents, audit log and backups are kept in your organisation' },
          { label: 'Who receives data, and whether anybody outside Indonesia (art. 56)' },
        ],
      },
      {
        title: '4. Necessary and proportionate',
        items: [
          { label: 'Why less data would not do' },
          {
            label: 'Limits in place',
            known:
              'Tracked on duty only, off by itself at the end of the shift; access by role × jurisdiction × dates; administrators see no operational data; public views are coarse and late.',
          },
          {
            label: 'Rights of data subjects',
            known: 'The page “My data”: see, download, and stop tracking at once.',
          },
        ],
      },
      {
        title: '5. Risks to people, and what is done about them',
        items: [
          {
            label: 'Somebody without authority learns where officers are',
            known:
              'Sign-in by password and further proof; jurisdictions enforced twice (application and database); revocation within 5 seconds; device keys can be revoked.',
          },
          {
            label: 'An officer’s home is inferred from the ends of tracks',
            known: 'Ends of tracks near home are trimmed; nobody is tracked off duty.',
          },
          {
            label: 'Insiders misuse access',
            known:
              'A chained audit log that cannot be changed unnoticed; break-glass access with a reason that the commander sees; name and time as a watermark on screens and exports.',
          },
          { label: 'Other risks where you are: likelihood, impact, control' },
          { label: 'What risk remains, and why it is acceptable' },
        ],
      },
      {
        title: '6. Decision',
        items: [
          { label: 'Opinion of the data protection officer and of representatives of officers or volunteers' },
          { label: 'Decision, conditions, and date of review (within a year, or when the purpose changes)' },
          { label: 'Name, office, date, signature' },
        ],
      },
    ],
  },
  {
    key: 'breach',
    title: 'Notice of a data breach',
    lead: 'Law 27/2022 art. 46: written notice to data subjects and to the data protection authority within 3 × 24 hours after the failure is known. Write down now when it became known; the clock runs from then.',
    checklist: true,
    parts: [
      {
        title: 'First hour: stop it',
        items: [
          { label: 'Write down when and by whom the failure was noticed' },
          {
            label: 'Close the way in',
            known:
              'Administration › People: disable the account, close all its sessions. Units and devices: revoke devices.',
          },
          { label: 'If the administrator token leaked: change ADMIN_TOKEN and restart the server' },
          { label: 'Delete nothing; make a backup (npm run backup) as evidence' },
          { label: 'Tell the data protection officer and the commander' },
        ],
      },
      {
        title: 'Within 24 hours: understand it',
        items: [
          {
            label: 'Check that the audit log is whole',
            known: 'npm run audit:verify; then Administration › Audit log, by actor and time.',
          },
          { label: 'Find out which data were disclosed, whose, how many people, since when' },
          { label: 'Find out how: an account, a device, a backup, or the server' },
          { label: 'Judge what it means for the safety of officers and volunteers; change assignments if needed' },
        ],
      },
      {
        title: 'Within 3 × 24 hours: give written notice (art. 46 par. 1 and 2)',
        items: [
          { label: 'To every data subject concerned' },
          { label: 'To the data protection authority' },
          { label: 'With the personal data disclosed' },
          { label: 'With when and how they were disclosed' },
          { label: 'With what was done to handle it and to recover' },
          { label: 'To the public, if a public service was disturbed or the impact is serious (par. 3)' },
        ],
      },
      {
        title: 'Afterwards',
        items: [
          { label: 'Keep copies of the notices and the proof that they were sent' },
          { label: 'Renew the impact assessment; write down cause, repair and deadlines' },
          { label: 'Restore access one by one, with new passwords and device keys' },
        ],
      },
    ],
  },
];
