/** Colours that carry a meaning; without them the text says the same. @public */
export type Tone = 'good' | 'bad' | 'warning' | 'dim' | 'bold';

/** Colours a text, or leaves it as it is. @public */
export type Paint = (tone: Tone, text: string) => string;

/** Leaves every text as it is. @public */
export const plainPaint: Paint = (_tone, text) => text;
