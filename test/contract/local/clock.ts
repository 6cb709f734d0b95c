/** Does something while every clock shows a time that is so much later, or earlier where `milliseconds` is negative. */
export async function later<T>(milliseconds: number, act: () => Promise<T>): Promise<T> {
	const { now } = Date;
	Date.now = () => now() + milliseconds;
	try {
		return await act();
	} finally {
		Date.now = now;
	}
}
