// Placeholders that masking puts where personal data stood (［電話番号1］, [PHONE 1]). They hold nothing of anybody, and are no facts:
// the number in one only tells it from the others. Pure.

export const masks = /［[^［］\n]{1,12}\d{1,4}］|\[[A-Z ]{2,20} \d{1,4}\]/g

/** Spaces in their place: what stands around them stays where it is. */
export const withoutMasks = (text: string): string => text.replace(masks, (mask) => ' '.repeat(mask.length))
