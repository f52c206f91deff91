import { mountCustomer } from './features/customer/mount.tsx';
import { createWire } from './wire.ts';

const root = document.querySelector('#root');
if (root === null) throw new Error('customer.html has no #root');
mountCustomer(createWire({ address: `ws://${location.host}/customer-wire` }), root);
