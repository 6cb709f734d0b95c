/**
 * Asks again and again until the check no longer throws, and answers what it answers.
 * @param check throws as long as what it looks for is not there; an assertion does
 * @param timeout milliseconds
 * @throws what the check threw last
 */
export async function eventually<T>(check: () => T | Promise<T>, timeout = 10_000): Promise<T> {
	const end = Date.now() + timeout;
	for (;;) {
		try {
			return await check();
		} catch (error) {
			if (Date.now() > end) throw error;
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}
}
