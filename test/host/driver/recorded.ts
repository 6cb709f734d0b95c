import { createRequire } from 'node:module';

type Load = (request: string, parent: { filename?: string } | undefined, isMain: boolean) => unknown;
type Api = Record<string, unknown>;

/** What an extension asked for while it was activated, each as often as it did. */
export interface Recording {
	/** The modules that are not its own. */
	readonly modules: string[];
	/** What it had VS Code make or register: the call, and its first argument where that is a name. */
	readonly objects: string[];
}

/** The namespaces of VS Code's API in which something is made or registered. */
const namespaces = ['commands', 'languages', 'tests', 'window', 'workspace'];

/** Records what the bundle in a folder loads, and what it has VS Code make, while `work` runs. */
export async function recorded(folder: string, work: () => PromiseLike<unknown>): Promise<Recording> {
	const module = createRequire(__filename)('node:module') as { _load: Load };
	const load = module._load;
	const modules = new Set<string>();
	const objects: string[] = [];
	module._load = (request, parent, isMain) => {
		const loaded = load(request, parent, isMain);
		if (!parent?.filename?.startsWith(folder)) return loaded;
		modules.add(request);
		return request === 'vscode' ? recordingApi(loaded as Api, objects) : loaded;
	};
	try {
		await work();
	} finally {
		module._load = load;
	}
	return { modules: [...modules].sort(), objects: objects.sort() };
}

function recordingApi(api: Api, objects: string[]): Api {
	const copy = Object.defineProperties({}, Object.getOwnPropertyDescriptors(api)) as Api;
	for (const name of namespaces) {
		const namespace = api[name] as Api;
		// What is not made or registered, such as `window.activeTextEditor`, is asked of the namespace as it is.
		const recording = Object.create(namespace) as Api;
		for (const key of Object.keys(namespace).filter((key) => /^(create|register|set[A-Z])/.test(key))) {
			const make = namespace[key] as (...args: unknown[]) => unknown;
			const value = (...args: unknown[]) => {
				objects.push(`${name}.${key}${typeof args[0] === 'string' ? ` ${args[0]}` : ''}`);
				return make.apply(namespace, args);
			};
			Object.defineProperty(recording, key, { value });
		}
		Object.defineProperty(copy, name, { value: recording });
	}
	return copy;
}
