// Sentences that scripts say, translated by the server (Features/Shared/_ScriptTexts.cshtml).
const meta = document.querySelector('meta[name="crm-texts"]');
export const texts = meta ? meta.dataset : {};
export const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? '';
