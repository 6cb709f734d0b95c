/**
 * Asks again and again until the check no longer throws, and answers what it answers.
 * @param check throws as long as what it looks for is not there; an assertion does
 * @param timeout milliseconds
 * @throws what the check threw last
 */
export async function eventually<T>(check: () => T | Promise<T>, timeout = 30_000): Promise<T> {
	const end = Date.now() + timeout;
	for (;;) {
		try {
			return await check();
		} catch (error) {
			if (Date.now() > end) throw error;
			await soon();
		}
	}
}

/**
 * Asks again and again for a while, and so shows that something does not happen.
 * @param check throws when it has happened
 * @param time milliseconds
 * @throws what the check throws, at once
 */
export async function throughout(check: () => void | Promise<void>, time: number): Promise<void> {
	for (const end = Date.now() + time; Date.now() < end; await soon()) await check();
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 100));
