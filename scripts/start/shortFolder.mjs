import { createHash } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';

/** The longest address that a socket may have on macOS, in bytes. */
const longestSocket = 103;
/** What VS Code's socket in its profile is called at the longest. */
const socketName = '1.105-main.sock';

/**
 * A folder for a profile of VS Code, which makes a socket in it: this one, or where its path is too long for that, the
 * same one each time in the folder for temporary files.
 */
export function shortFolder(folder, { platform = process.platform, temporary = os.tmpdir() } = {}) {
	if (platform === 'win32' || Buffer.byteLength(path.join(folder, socketName)) <= longestSocket) return folder;
	const name = createHash('sha256').update(folder).digest('hex').slice(0, 12);
	return path.join(temporary, `workos-vault-${name}`);
}
