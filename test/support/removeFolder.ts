import { rmSync } from 'node:fs';

/** Removes a folder with all that is in it, also where a file is still being written there. */
export const removeFolder = (folder: string): void =>
	rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
