import type { Language } from '../../../shared/contract/views.ts';

/** One page: what to set, what is documented, and what only the model's own manual tells. */
export interface Sheet {
  readonly name: Readonly<Record<Language, string>>;
  readonly settings: Readonly<Record<Language, readonly string[]>>;
  readonly known: Readonly<Record<Language, readonly string[]>>;
  readonly unknown: Readonly<Record<Language, readonly string[]>>;
  readonly isScanner: boolean;
}

const both = (name: string): Sheet['name'] => ({ 'en-CA': name, 'fr-CA': name });

const manual: Sheet['unknown'] = {
  'en-CA': [
    'The programming barcodes. They differ by model and firmware, so none are printed here.',
    'The suffix it leaves the factory with.',
  ],
  'fr-CA': [
    'Les codes-barres de programmation. Ils varient selon le modèle et le micrologiciel : aucun n’est imprimé ici.',
    'Le suffixe réglé en usine.',
  ],
};

/** What every scanner should be set to, whoever made it. */
export const general: Sheet = {
  name: { 'en-CA': 'All barcode scanners', 'fr-CA': 'Tous les lecteurs de codes-barres' },
  isScanner: true,
  settings: {
    'en-CA': [
      'Interface: USB-COM (serial over USB, CDC), rather than keyboard',
      'AIM symbology identifiers: sent before the data',
      'Suffix: CR',
      'No-read message: off',
      'UPC-A: not converted to EAN-13, or always converted',
      'Shortest Code 128, Interleaved 2 of 5 and Codabar: 6 characters or more',
      'XON/XOFF, ACK/NAK and RTS/CTS handshakes: off',
    ],
    'fr-CA': [
      'Interface : USB-COM (série par USB, CDC), plutôt que clavier',
      'Identifiants de symbologie AIM : envoyés avant les données',
      'Suffixe : CR',
      'Message d’absence de lecture : désactivé',
      'UPC-A : jamais converti en EAN-13, ou toujours converti',
      'Longueur minimale des codes 128, entrelacé 2 de 5 et Codabar : 6 caractères ou plus',
      'Contrôles de flux XON/XOFF, ACK/NAK et RTS/CTS : désactivés',
    ],
  },
  known: {
    'en-CA': [
      'A USB-COM scanner ignores the speed. Over a real RS-232 cable, speed and parity must match; the Devices page tries them.',
      'A keyboard scanner works too: let it send ~ before the data and Enter after it (devices.wedge in settings.json).',
    ],
    'fr-CA': [
      'Un lecteur USB-COM ne tient pas compte de la vitesse. Sur un vrai câble RS-232, vitesse et parité doivent concorder; la page Appareils les essaie.',
      'Un lecteur en mode clavier fonctionne aussi : qu’il envoie ~ avant les données et Entrée après (devices.wedge dans settings.json).',
    ],
  },
  unknown: { 'en-CA': [], 'fr-CA': [] },
};

export const families: readonly Sheet[] = [
  {
    name: both('Honeywell (Xenon, Voyager, Hyperion)'),
    isScanner: true,
    settings: {
      'en-CA': ['USB-COM, AIM identifiers on, suffix CR', 'No Read: off (as it leaves the factory)'],
      'fr-CA': ['USB-COM, identifiants AIM activés, suffixe CR', 'No Read : désactivé (réglage d’usine)'],
    },
    known: {
      'en-CA': [
        'ACK/NAK and XON/XOFF are off by default.',
        '115200, 8 data bits, no parity was seen in use on a Xenon 1902 over USB-COM.',
        'As a USB serial device: vendor 0C2E, products 0700 and 0720.',
      ],
      'fr-CA': [
        'ACK/NAK et XON/XOFF sont désactivés au départ.',
        '115200, 8 bits, sans parité : vu en service sur un Xenon 1902 en USB-COM.',
        'Comme appareil série USB : fabricant 0C2E, produits 0700 et 0720.',
      ],
    },
    unknown: manual,
  },
  {
    name: both('Zebra / Symbol'),
    isScanner: true,
    settings: {
      'en-CA': [
        'Standard RS-232 or USB-COM (CDC), AIM identifiers on, suffix CR',
        'Over RS-232: 9600, 8 data bits, no parity',
        'With SSI: raw decode data, and “idleMs”: 250 for this scanner in settings.json',
      ],
      'fr-CA': [
        'RS-232 standard ou USB-COM (CDC), identifiants AIM activés, suffixe CR',
        'En RS-232 : 9600, 8 bits, sans parité',
        'En SSI : données décodées brutes, et « idleMs » : 250 pour ce lecteur dans settings.json',
      ],
    },
    known: {
      'en-CA': [
        'The no-read message NR is sent only where parameter 0x5E is on (default off).',
        'SSI starts with its ACK/NAK handshake on; characters may be 200 ms apart.',
        'As a USB serial device: vendor 05E0, product 1701.',
      ],
      'fr-CA': [
        'Le message NR n’est envoyé que si le paramètre 0x5E est activé (désactivé au départ).',
        'SSI démarre avec ACK/NAK activé; les caractères peuvent être espacés de 200 ms.',
        'Comme appareil série USB : fabricant 05E0, produit 1701.',
      ],
    },
    unknown: manual,
  },
  {
    name: both('Datalogic Gryphon'),
    isScanner: true,
    settings: {
      'en-CA': [
        'RS-232 or USB-COM, AIM identifiers on, no address stamping',
        'Terminator: CR, or CR LF as by default',
      ],
      'fr-CA': [
        'RS-232 ou USB-COM, identifiants AIM activés, sans adresse',
        'Terminaison : CR, ou CR LF comme au départ',
      ],
    },
    known: {
      'en-CA': [
        'Over RS-232 it sends no header and ends with CR LF by default.',
        'RS-232 emulation over USB: vendor 05F9, product 4204.',
      ],
      'fr-CA': [
        'En RS-232, il n’envoie pas d’en-tête et termine par CR LF au départ.',
        'Émulation RS-232 par USB : fabricant 05F9, produit 4204.',
      ],
    },
    unknown: manual,
  },
  {
    name: { 'en-CA': 'Datalogic Magellan (single cable)', 'fr-CA': 'Datalogic Magellan (câble unique)' },
    isScanner: true,
    settings: {
      'en-CA': [
        'Leave its own prefixes (S08…) on: Milepost reads them',
        'In settings.json: 9600, framing 7O1',
      ],
      'fr-CA': [
        'Laisser ses propres préfixes (S08…) : Milepost les comprend',
        'Dans settings.json : 9600, cadrage 7O1',
      ],
    },
    known: {
      'en-CA': [
        'Single-cable scanner-scales speak 9600, 7 data bits, odd parity, one stop bit, and end with CR.',
        'Scale frames (S11, S14) come on the same wire and are passed over.',
      ],
      'fr-CA': [
        'Le lecteur-balance à un seul câble parle à 9600, 7 bits, parité impaire, un bit d’arrêt, et termine par CR.',
        'Les trames de la balance (S11, S14) arrivent par le même fil et sont ignorées.',
      ],
    },
    unknown: manual,
  },
  {
    name: both('Newland'),
    isScanner: true,
    settings: general.settings,
    known: {
      'en-CA': ['As a USB serial device: vendor 1EAB, products that end in 06.'],
      'fr-CA': ['Comme appareil série USB : fabricant 1EAB, produits se terminant par 06.'],
    },
    unknown: manual,
  },
];

export const readers: readonly Sheet[] = [
  {
    name: both('MagTek'),
    isScanner: false,
    settings: {
      'en-CA': [
        'Track 2, with its start and end sentinels',
        'Longitudinal check character (LRC): not sent',
        'CR after the swipe: sent. It is off by default on port-powered readers',
      ],
      'fr-CA': [
        'Piste 2, avec ses sentinelles de début et de fin',
        'Caractère de contrôle longitudinal (LRC) : non envoyé',
        'CR après le passage : envoyé. Désactivé au départ sur les lecteurs alimentés par le port',
      ],
    },
    known: {
      'en-CA': [
        'A track that could not be read comes as E.',
        'STX, ETX, CR and ESC are all off by default on port-powered, P-series and insertion readers; dropping DTR resets the options.',
        'Over RS-232, 9600 with 8N1 and with 7E1 both occur.',
      ],
      'fr-CA': [
        'Une piste illisible arrive comme E.',
        'STX, ETX, CR et ESC sont tous désactivés au départ sur les lecteurs alimentés par le port, de série P et à insertion; couper DTR réinitialise les options.',
        'En RS-232, 9600 en 8N1 et en 7E1 existent tous deux.',
      ],
    },
    unknown: {
      'en-CA': ['The switches of the model at hand.'],
      'fr-CA': ['Les commutateurs du modèle en main.'],
    },
  },
  {
    name: both('ID TECH MiniMag (RS-232)'),
    isScanner: false,
    settings: {
      'en-CA': [
        'Native, UIC or Mag-Tek mode: all three are read',
        'Track 2, with its sentinels; the LRC not sent',
      ],
      'fr-CA': [
        'Mode natif, UIC ou Mag-Tek : les trois sont compris',
        'Piste 2, avec ses sentinelles; LRC non envoyé',
      ],
    },
    known: {
      'en-CA': [
        'In native mode each track is a line of its own, ended by CR; Milepost joins the lines of a swipe.',
        'As a USB device: vendor 0ACD.',
      ],
      'fr-CA': [
        'En mode natif, chaque piste est une ligne terminée par CR; Milepost réunit les lignes d’un passage.',
        'Comme appareil USB : fabricant 0ACD.',
      ],
    },
    unknown: {
      'en-CA': ['The commands of the model at hand.'],
      'fr-CA': ['Les commandes du modèle en main.'],
    },
  },
];
