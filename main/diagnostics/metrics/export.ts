import type { Settings } from '../../settings/schema.ts';
import type { Log } from '../log.ts';
import type { Metrics } from './metrics.ts';

export interface QueueFigures {
  readonly depth: number;
  readonly oldestAgeMs: number;
}

/**
 * Exports today's figures over OTLP, where the settings ask for it. The official SDK is loaded only then: a terminal
 * that exports nothing carries nothing of it in memory.
 */
export async function startExport(options: {
  readonly metrics: Metrics;
  readonly queue: () => Promise<QueueFigures>;
  readonly settings: Settings;
  readonly version: string;
  readonly log: Log;
}): Promise<{ stop(): Promise<void> }> {
  const { metrics, queue, settings, log } = options;
  const { otlpUrl, exportEverySeconds } = settings.metrics;
  if (otlpUrl === undefined) return { stop: () => Promise.resolve() };
  const [
    { MeterProvider, PeriodicExportingMetricReader },
    { OTLPMetricExporter },
    { resourceFromAttributes },
  ] = await Promise.all([
    import('@opentelemetry/sdk-metrics'),
    import('@opentelemetry/exporter-metrics-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const provider = new MeterProvider({
    resource: resourceFromAttributes({
      'service.name': 'milepost',
      'service.version': options.version,
      'service.instance.id': `${settings.store.number}-${settings.store.lane}`,
      'deployment.environment.name': settings.environment,
    }),
    readers: [
      new PeriodicExportingMetricReader({
        exporter: new OTLPMetricExporter({ url: otlpUrl }),
        exportIntervalMillis: exportEverySeconds * 1000,
        exportTimeoutMillis: 10_000,
      }),
    ],
  });
  const meter = provider.getMeter('milepost');
  const today = () => metrics.days(1)[0];
  const gauge = (
    name: string,
    unit: string,
    read: () => number | undefined | Promise<number | undefined>,
  ): void => {
    meter.createObservableGauge(name, { unit }).addCallback(async (result) => {
      const value = await read();
      if (value !== undefined) result.observe(value);
    });
  };
  meter.createObservableGauge('milepost.outcomes.today').addCallback((result) => {
    for (const [outcome, count] of Object.entries(today()?.outcomes ?? {}))
      result.observe(count, { outcome });
  });
  gauge('milepost.sales.today', '{sale}', () => today()?.sales);
  gauge('milepost.device_faults.today', '{fault}', () => today()?.deviceFaults);
  gauge('milepost.calls.today', '{call}', () => today()?.calls);
  gauge('milepost.calls.refused.today', '{call}', () => today()?.refused);
  gauge('milepost.calls.failed.today', '{call}', () => today()?.failed);
  gauge('milepost.availability.today', '1', () => today()?.availability);
  for (const part of ['pressToStored', 'pressToCredited', 'latency'] as const) {
    const name = part.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    for (const point of ['p50', 'p95'] as const)
      gauge(`milepost.${name}.${point}`, 'ms', () => today()?.[part]?.[point]);
  }
  gauge('milepost.queue.depth', '{sale}', async () => (await queue()).depth);
  gauge('milepost.queue.oldest_age', 'ms', async () => (await queue()).oldestAgeMs);
  log.info('metrics-exported', { url: new URL(otlpUrl).origin });
  return {
    stop: async () => {
      try {
        await provider.shutdown();
      } catch (cause) {
        // The last figures did not arrive: a terminal does not stay up for that.
        log.warn('metrics-export-failed', {}, cause);
      }
    },
  };
}
