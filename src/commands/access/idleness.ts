/** How often it is looked whether anybody uses a window, in ms. */
export const checkEveryMs = 15_000;

/** What is known when it is looked; times in ms. */
export interface IdleCheck {
	readonly now: number;
	readonly lastLook: number;
	/** When any window was used last, as far as this one knows. */
	readonly lastUse: number;
	/** Without use for so long, everything locks; 0 for never. */
	readonly limitMs: number;
}

/** Whether the machine slept for as long as everything may stay open: then nobody knows who woke it. */
export function hasSlept({ now, lastLook, limitMs }: Pick<IdleCheck, 'now' | 'lastLook' | 'limitMs'>): boolean {
	return limitMs > 0 && now - lastLook >= Math.max(2 * checkEveryMs, limitMs);
}

/**
 * What follows where this window is not used: everything locks, or it is counted from now on, as the clock was set back, or
 * nothing.
 */
export function afterIdling({ now, lastUse, limitMs }: Omit<IdleCheck, 'lastLook'>): 'lock' | 'countAnew' | 'wait' {
	if (lastUse > now) return 'countAnew';
	return limitMs > 0 && now - lastUse >= limitMs ? 'lock' : 'wait';
}
