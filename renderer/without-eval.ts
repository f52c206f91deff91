import { config } from 'zod';

// The page's policy forbids building functions from text. Told after the first schema is made, zod would have tried it
// once, which the browser stops, reports and takes its time over.
config({ jitless: true });
