/**
 * Characters that are drawn as nothing and are no blank: controls, marks of direction, joiners, fillers, selectors, tags.
 * The inside of a class in a regular expression with the flag `v`.
 */
export const unseen = String.raw`\p{Cc}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb`;

/** Those of them that are a part of the emoji before them: a selector of its style, the letters of a flag. A pattern for the flag `v`. */
export const ofEmoji = String.raw`(?<=\p{Extended_Pictographic})[\ufe0e\ufe0f]|(?<=[0-9#*])\ufe0f(?=\u20e3)|(?<=\u{1f3f4})\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}`;

/** The same, and what joins two of them into one. */
export const inEmoji = String.raw`${ofEmoji}|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d(?=\p{Extended_Pictographic})`;
