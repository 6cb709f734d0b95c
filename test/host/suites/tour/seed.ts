import { idOf, shapeOf } from '../../../support/applicationShapes';
import { acme, type Seed } from '../../driver/product';

const count = 20_000;
const organizations = 300;
const withObjects = 41;

const organizationAt = (index: number) =>
	index === organizations - 1 ? acme : { id: idOf('org', index), name: `Company ${String(index).padStart(3, '0')}` };

const shapes = Array.from({ length: count }, (_, index) =>
	shapeOf(index, organizationAt(organizations - 1 - (index % withObjects)).id),
);

/** A vault as applications have them: most objects name a user, and most organizations have none. */
export const applicationSeed: Seed = {
	organizations: Array.from({ length: organizations }, (_, index) => organizationAt(index)),
	objects: shapes.map(({ name, keyContext }, index) => ({ name, value: `value ${index}`, context: keyContext })),
};

const ofAcme = shapes.filter(({ keyContext }) => keyContext['organization_id'] === acme.id);

/** How many objects the first organization has. */
export const acmeCount = ofAcme.length;

const userId = idOf('user', 1236);

/** A user, and the names of the secrets that are this user's. */
export const askedUser = {
	id: userId,
	names: shapes.filter(({ name }) => name.includes(userId)).map(({ name }) => name),
};

/** A provider, and how many objects there are of it in the first organization. */
export const askedProvider = {
	name: 'anthropic',
	count: ofAcme.filter(({ keyContext }) => keyContext['provider'] === 'anthropic').length,
};

/** Names of objects of three kinds, which somebody changes. */
export const changedLately: readonly string[] = [7_777, 12_346, 18_001].map((index) => shapes[index]?.name ?? '');
