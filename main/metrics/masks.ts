// Placeholders that masking puts where personal data stood (［電話番号1］, [PHONE 1]). They hold nothing of anybody, and are no facts:
// the number in one only tells it from the others. Pure.

// an answer may have lost the opening sign of one to broken bytes
export const masks = /(?:［|\ufffd{1,3})[^［］\ufffd\n]{1,12}\d{1,4}］|\[[A-Z ]{2,20} \d{1,4}\]/g

/** Spaces in their place: what stands around them stays where it is. */
export const withoutMasks = (text: string): string => text.replace(masks, (mask) => ' '.repeat(mask.length))
