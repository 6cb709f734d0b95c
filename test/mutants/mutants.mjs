/**
 * The catalog with a fault that it had, or one of its kind: edits of the sources, each of which has to match exactly once.
 * @typedef {object} Mutant
 * @property {string} fault what goes wrong then
 * @property {{ file: string, find: string, replace: string }[]} edits
 */

/** The tests that are to see a fault: the random one, and those of one behaviour each. */
export const tests = {
	random: ['test/unit/vault/catalog/catalogAtRandom.test.ts'],
	single: ['catalog/catalogInStep', 'catalog/catalogEvents', 'outline/outlineRows'].map(
		(name) => `test/unit/vault/${name}.test.ts`,
	),
};

const known = 'src/vault/catalog/known';
const announcements = `${known}/announcements.ts`;
const state = 'src/vault/catalog/state.ts';
const scan = 'src/vault/catalog/scan.ts';
const sync = 'src/vault/catalog/sync.ts';
const merging = 'src/vault/catalog/mergeStates.ts';

/** @type {Mutant[]} */
export const mutants = [
	{
		fault: 'B1 a created object never comes where the window ends before a list had it',
		edits: [{ file: announcements, find: 'missing: [...this.#missing],', replace: 'missing: [],' }],
	},
	{
		fault: 'B1 a created object never comes where the list fails',
		edits: [
			{
				file: announcements,
				find: 'return [...this.#missing.keys()].filter((name) => !listed.named(name));',
				replace: `const names = [...this.#missing.keys()].filter((name) => !listed.named(name));
					this.#missing.clear();
					return names;`,
			},
		],
	},
	{
		fault: 'B2 what others change before the first page of events stays wrong: the list begins first',
		edits: [
			{
				file: sync,
				find: 'if (!isBegun) await beginWithEvents(work);',
				replace: 'if (!isBegun) { await scan(work); await beginWithEvents(work); }',
			},
			{ file: state, find: 'this.listing.restart();', replace: '' },
			{
				file: `${known}/pendingObjects.ts`,
				find: 'for (const { id } of known) this.#unproven.add(id);',
				replace: 'void known;',
			},
		],
	},
	{
		fault: 'B3 events count as refused after an answer that did not come',
		edits: [
			{
				file: scan,
				find: "if (hasCode(error, 'forbidden', 'notFound')) state.events.noteRefused();",
				replace: 'state.events.noteRefused();',
			},
		],
	},
	{
		fault: 'B3 events count as refused after one cursor that is of no use',
		edits: [{ file: sync, find: "if (!hasCode(error, 'forbidden')) return distrust(work);", replace: '' }],
	},
	{
		fault: 'B3 events count as refused, or are learnt anew, after an event that is older than the mark',
		edits: [
			{
				file: sync,
				find: 'return next !== undefined && events.every((event) => at.getTime() - event.at.getTime() > minuteMs);',
				replace: 'void next; void minuteMs; return events.some((event) => event.at < at);',
			},
		],
	},
	{
		fault: 'B3 events count as refused after a request that was given up',
		edits: [
			{
				file: scan,
				find: 'if (options.signal?.aborted || !isRefusal(error)) throw error;\n\t\t}\n\t\tstate.events.endOlder();',
				replace:
					'if (!isRefusal(error)) throw error;\n\t\t\tstate.events.noteRefused();\n\t\t}\n\t\tstate.events.endOlder();',
			},
		],
	},
	{
		fault: 'B5 a whole list evicts the object that was re-created under its name',
		edits: [
			{
				file: scan,
				find: 'if (!listed.has(object.id) && state.known.objects.get(object.id) === object) state.known.doubt(object);',
				replace:
					'if (!listed.has(object.id)) for (const one of state.known.objects.allNamed(object.name)) state.remove(one.id);',
			},
		],
	},
	{
		fault: 'B5 a look-up of the one that is gone evicts the one in its place',
		edits: [
			{
				file: state,
				find: 'this.remove(id);\n\t\tconst isAnother',
				replace:
					'this.remove(id);\n\t\tfor (const one of this.#known.objects.allNamed(name)) this.remove(one.id);\n\t\tconst isAnother',
			},
		],
	},
	{
		fault: 'B6 a new object is never found after the vault’s clock was set back: it is looked for by the latest time',
		edits: [
			{
				file: sync,
				find: 'await listSince(work, new Date(Math.min(...times) - lagMs),',
				replace: 'await listSince(work, new Date(Math.max(work.state.listing.knownUntil, ...times) - lagMs),',
			},
		],
	},
	{
		fault: 'B6 an event that comes late counts for nothing',
		edits: [
			{
				file: 'src/vault/catalog/applyEvents.ts',
				find: 'apply(state, event, doubts);\n\t\tstate.listing',
				replace: 'if (event.at.getTime() >= state.listing.knownUntil) apply(state, event, doubts);\n\t\tstate.listing',
			},
		],
	},
	{
		fault: 'B6 a new object is never found where the list is later than the events',
		edits: [
			{
				file: announcements,
				find: 'const triesForMissing = 2;',
				replace: 'const triesForMissing = 1;',
			},
		],
	},
	{
		fault: 'B7 an organization’s id that is an empty text makes a second row',
		edits: [{ file: 'src/vault/keyContext.ts', find: " && context[organizationName] !== ''", replace: '' }],
	},
	{
		fault: 'B8 an object beyond the rows that are shown has no row to show',
		edits: [
			{
				file: 'src/vault/outline/rows.ts',
				find: 'if (asked === undefined) return rows;',
				replace: 'if (asked !== null) return rows;',
			},
		],
	},
	{
		fault: 'B9 versions stay as they were when they were first asked for',
		edits: [
			{
				file: 'src/vault/outline/versionRows.ts',
				find: 'if (!list || isChanged(list.of, object))',
				replace: 'void isChanged; if (!list)',
			},
		],
	},
	{
		fault: 'B9 organizations stay as they were where no event tells of them',
		edits: [{ file: sync, find: 'if (state.organizations.isStale) await work.organizations.renew();', replace: '' }],
	},
	{
		fault: 'B9 organizations that were listed before the mark stay as they were',
		edits: [
			{
				file: `${known}/knownOrganizations.ts`,
				find: 'this.#isStale = this.#listed !== undefined;',
				replace: '',
			},
		],
	},
	{
		fault: 'Of this kind: another window’s catalog brings back what was found gone',
		edits: [{ file: merging, find: 'if (state.known.gone.has(object.id)) return;', replace: '' }],
	},
	{
		fault: 'Of this kind: another window’s catalog is believed where nothing has confirmed it',
		edits: [
			{ file: merging, find: 'if (isNewer && isDoubtful)', replace: "if (isNewer && isDoubtful && object.id === '')" },
		],
	},
	{
		fault: 'Of this kind: a sync lists everything each time, which costs what the benchmark forbids',
		edits: [{ file: sync, find: 'if (state.listing.cursor) await scan(work);', replace: 'await scan(work);' }],
	},
];
