import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** The first of these programs that is on the PATH. */
export function onPath(...names) {
	const endings = process.platform === 'win32' ? ['', '.exe'] : [''];
	for (const name of names) {
		for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
			for (const ending of endings) {
				const file = path.join(folder, name + ending);
				try {
					accessSync(file, constants.X_OK);
					return file;
				} catch {
					continue;
				}
			}
		}
	}
	return undefined;
}
