import type { Catalog } from '../catalog/catalog';
import type { KnownObject } from '../model';
import type { Level } from './arrangement';
import { visitInSteps } from './inSteps';
import { addTo, innermost, intoFolders, separatorsIn, type Separators } from './nameFolders';
import { depthOf, idOf, prefixOf, stepOf, top, within, type Scope, type Step } from './scope';

/** A group or a folder, and what is in it. */
export interface Branch {
	readonly step: Step;
	readonly objects: readonly KnownObject[];
}

/** What stands directly under a row, in no order; `objects` are those in no branch. */
export interface Contents {
	readonly branches: readonly Branch[];
	readonly objects: readonly KnownObject[];
	/** Whether the objects are in order of their names already. */
	readonly isByName?: boolean;
}

/** Which groups, folders and objects stand under which row. What was found is kept until `forget`. Asks no vault. */
export class Branches {
	#found = new Map<string, Promise<Contents>>();
	#separators: Promise<Separators> | undefined;

	constructor(private readonly catalog: Catalog) {}

	/** The words of a branch, which filters and the order go by. */
	labelOf(step: Step): string {
		const id = idOf(step) ?? '';
		return step.by === 'organization' ? (this.catalog.organizations.find(id)?.name ?? id) : id;
	}

	/** Objects or the arrangement changed. */
	forget(): void {
		this.#found = new Map();
		this.#separators = undefined;
	}

	/** What stands directly under a row. */
	under(scope: Scope): Promise<Contents> {
		const known = this.#found.get(scope.key);
		if (known) return known;
		const finding = this.#find(scope);
		this.#found.set(scope.key, finding);
		return finding;
	}

	/** The row directly above an object, with those above it. */
	async above(object: KnownObject): Promise<Scope> {
		const { levels, isTree } = this.catalog.arrangement;
		let scope = levels.reduce((above, level) => within(above, stepOf(level, object.keyContext)), top);
		while (isTree) {
			const { branches } = await this.under(scope);
			const isIn = ({ id }: KnownObject) => id === object.id;
			const folder = branches.find(({ step, objects }) => step.by === 'folder' && objects.some(isIn));
			if (!folder) break;
			scope = within(scope, await this.rowOf(folder));
		}
		return scope;
	}

	/** The step that the row of a branch stands for: of folders in one another that hold nothing else, the innermost one. */
	async rowOf({ step, objects }: Branch): Promise<Step> {
		if (step.by !== 'folder') return step;
		return { by: 'folder', prefix: await innermost(step.prefix, objects, await this.#separatorsOfNames()) };
	}

	async #find(scope: Scope): Promise<Contents> {
		const { levels, isTree, filters } = this.catalog.arrangement;
		const level = levels[depthOf(scope)];
		const filter = (filters[scope.key] ?? '').toLowerCase();
		const isMeant = (text: string) => filter === '' || text.toLowerCase().includes(filter);
		if (level) {
			const groups = await this.#groups(scope, level);
			return { branches: filter === '' ? groups : await this.#meantOf(groups, isMeant), objects: [] };
		}
		const all = await this.#objectsOf(scope);
		const objects = filter === '' ? all : all.filter(({ name }) => isMeant(name));
		if (!isTree) return { branches: [], objects, isByName: scope.above === top && scope.step?.by === 'organization' };
		const { folders, others } = await intoFolders(objects, prefixOf(scope), await this.#separatorsOfNames());
		const branches = Array.from(folders, ([prefix, inIt]): Branch => ({
			step: { by: 'folder', prefix },
			objects: inIt,
		}));
		return { branches, objects: others };
	}

	/** Groups whose label is meant, with all that is in them, and the others with those objects whose names are. */
	async #meantOf(groups: readonly Branch[], isMeant: (text: string) => boolean): Promise<Branch[]> {
		const meant: Branch[] = [];
		const kept = new Map<Branch, KnownObject[]>();
		const labelOf = (step: Step) => this.labelOf(step);
		function* objectsOfOthers() {
			for (const branch of groups) {
				if (isMeant(labelOf(branch.step))) meant.push(branch);
				else for (const object of branch.objects) yield [branch, object] as const;
			}
		}
		await visitInSteps(objectsOfOthers(), ([branch, object]) => {
			if (isMeant(object.name)) addTo(kept, branch, object);
		});
		return [...meant, ...Array.from(kept, ([{ step }, objects]) => ({ step, objects }))];
	}

	async #groups(scope: Scope, level: Level): Promise<Branch[]> {
		if (isByShelf(scope, level)) {
			const ids = [...this.catalog.organizationIds(), undefined];
			const branches = ids.map((id): Branch => ({
				step: { by: 'organization', id },
				objects: this.catalog.objectsOf(id),
			}));
			return branches.filter(({ objects }) => objects.length > 0);
		}
		const groups = new Map<string | undefined, KnownObject[]>();
		const steps = new Map<string | undefined, Step>();
		await visitInSteps(await this.#objectsOf(scope), (object) => {
			const step = stepOf(level, object.keyContext);
			const id = idOf(step);
			if (!steps.has(id)) steps.set(id, step);
			addTo(groups, id, object);
		});
		return Array.from(steps, ([id, step]) => ({ step, objects: groups.get(id) ?? [] }));
	}

	async #objectsOf({ above, step }: Scope): Promise<readonly KnownObject[]> {
		if (!above || !step) return [...this.catalog.objects()];
		const isFiltered = this.catalog.arrangement.filters[above.key] !== undefined;
		// A copy: the catalog's own list may change while it is gone through.
		if (step.by === 'organization' && isByShelf(above, step) && !isFiltered)
			return [...this.catalog.objectsOf(step.id)];
		const { branches } = await this.under(above);
		if (step.by !== 'folder') return branches.find((branch) => idOf(branch.step) === idOf(step))?.objects ?? [];
		const isAbove = (branch: Branch) => branch.step.by === 'folder' && step.prefix.startsWith(branch.step.prefix);
		return (branches.find(isAbove)?.objects ?? []).filter(({ name }) => name.startsWith(step.prefix));
	}

	#separatorsOfNames(): Promise<Separators> {
		return (this.#separators ??= separatorsIn([...this.catalog.objects()]));
	}
}

/** Whether the catalog has the objects of each group at hand. */
function isByShelf(above: Scope, { by }: Pick<Level, 'by'>): boolean {
	return above === top && by === 'organization';
}
