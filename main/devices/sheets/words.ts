import type { Language } from '../../../shared/contract/views.ts';

interface Words {
  readonly title: string;
  readonly setTo: string;
  readonly known: string;
  readonly unknown: string;
  readonly test: string;
}

/** The sheets' own headings. They are printed once for IT and are no part of any screen. */
export const words: Readonly<Record<Language, Words>> = {
  'en-CA': {
    title: 'Milepost: set-up sheets for scanners and card readers',
    setTo: 'Set the device to',
    known: 'What is known of this family',
    unknown: 'To be looked up in the model’s own manual',
    test: 'Test code (Code 128). Scan it on the Devices page to try the line settings.',
  },
  'fr-CA': {
    title: 'Milepost : fiches de réglage des lecteurs',
    setTo: 'Régler l’appareil ainsi',
    known: 'Ce que l’on sait de cette famille',
    unknown: 'À chercher dans le manuel du modèle',
    test: 'Code d’essai (Code 128). Lisez-le sur la page Appareils pour essayer les réglages de ligne.',
  },
};
