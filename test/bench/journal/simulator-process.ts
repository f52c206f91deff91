import { createSimulator } from '../../../main/simulator/simulator.ts';

/** `simulator-process.ts COLLECTORS`: a simulator with that many, in a process of its own; says on one line how to reach it. */
const simulator = await createSimulator({ collectorCount: Number(process.argv[2]) });
const { url, tokenUrl, caPem, clientId, clientSecret, practiceCollectors } = simulator;
process.stdout.write(
  `${JSON.stringify({ url, tokenUrl, caPem, clientId, clientSecret, collectors: practiceCollectors })}\n`,
);
process.once('SIGTERM', () => void simulator.stop());
