import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';
import { INCIDENT_CATEGORIES } from '../shared/schemas/incident.ts';
import { CATEGORY_COLOURS, SIGNALS, SURFACES, type Theme } from './palette.ts';

/** Blue of the interface's own controls: neither a category nor a signal. Lightest first. */
const CONTROL: MantineColorsTuple = [
  '#E8F2FD',
  '#CFE3FA',
  '#A3C8F3',
  '#8CC8FF',
  '#5A9BE6',
  '#2F7BD0',
  '#1A66BC',
  '#0B5CAD',
  '#084A8E',
  '#06386C',
];

/** Mantine's greys of the dark scheme, in the palette's blue-grey. Lightest first. */
const DARK: MantineColorsTuple = [
  SURFACES.dark.text,
  '#C6D1E2',
  SURFACES.dark.dimmed,
  '#7F90AC',
  SURFACES.dark.hairline,
  '#24344F',
  SURFACES.dark.raised,
  SURFACES.dark.panel,
  SURFACES.dark.page,
  SURFACES.dark.water,
];

export const theme = createTheme({
  fontFamily: "'Noto Sans', system-ui, sans-serif",
  headings: { fontFamily: "'Noto Sans', system-ui, sans-serif", fontWeight: '600' },
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '1rem', lg: '1.25rem', xl: '1.75rem' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  colors: { control: CONTROL, dark: DARK },
  primaryColor: 'control',
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
});

/** Hands the palette to the style sheets as custom properties, and Mantine's own surfaces with it. */
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  dark: variablesOf('dark'),
  light: variablesOf('light'),
});

function variablesOf(theme: Theme): Record<string, string> {
  const { page, panel, raised, hairline, text, dimmed, focus, markerInk, area, water } = SURFACES[theme];
  const { alert, waiting, live, stale } = SIGNALS[theme];
  return {
    '--page': page,
    '--panel': panel,
    '--raised': raised,
    '--area': area,
    '--water': water,
    '--hairline': hairline,
    '--text': text,
    '--dimmed': dimmed,
    '--focus': focus,
    '--marker-ink': markerInk,
    '--alert': alert,
    '--waiting': waiting,
    '--live': live,
    '--stale': stale,
    ...Object.fromEntries(INCIDENT_CATEGORIES.map((name) => [`--category-${name}`, CATEGORY_COLOURS[theme][name]])),
    '--mantine-color-body': panel,
    '--mantine-color-text': text,
    '--mantine-color-dimmed': dimmed,
    '--mantine-color-placeholder': dimmed,
    '--mantine-color-default': raised,
    '--mantine-color-default-border': hairline,
    '--mantine-color-default-color': text,
    '--mantine-color-anchor': focus,
    '--mantine-color-error': alert,
  };
}
