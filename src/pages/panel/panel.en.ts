import type { panel as turkish } from './panel.tr.js';

export const panel: typeof turkish = {
  navigation: 'Panel menu',
  settings: 'My receptionist',
  password: 'My password',
  account: 'My account',
  usernameHelp: 'Ask your service provider to have it changed.',
  changePassword: 'Change my password',
  updated: 'Last change',
  neverUpdated: 'None yet',
  business: 'My business',
  businessNameHint:
    'The name that everybody knows your business by; at most 255 characters.',
  assistant: 'My receptionist',
  assistantHelp: 'Decides how your receptionist speaks and what it knows.',
  keyMissing:
    'There is no OpenAI API key; your receptionist cannot answer. Enter a key below and save.',
  keyUnreadable:
    'Your stored OpenAI API key cannot be read; your receptionist cannot answer. Enter the key again below and save.',
  keyAgain:
    'For safety the key is not shown again; type it once more if you want to change it.',
  conflictTitle: 'Your details were changed elsewhere while you were editing',
  conflictText:
    'Your changes are not saved yet. Below, what is stored and what you typed stand side by side. Look the form over; when you save again, what is in the form counts.',
  passwordTitle: 'Change my password',
  passwordHelp: 'When you change it, all your other sessions end.',
  newPasswordHint:
    'At least 6 characters; at most 72 bytes, letters with marks count as two.',
};
