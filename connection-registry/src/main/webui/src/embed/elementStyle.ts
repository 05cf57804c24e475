/** Follows the page it is in: its font, its text colour, its colour scheme. */
export const STYLE = `
:host { display: block; font: inherit; color: inherit; }
:host([hidden]) { display: none; }
label { display: block; font-weight: 600; font-size: .875em; }
p { margin: .25em 0 0; font-size: .8125em; opacity: .85; }
.row { display: flex; flex-wrap: wrap; gap: .5em; margin-top: .375em; }
select, button { font: inherit; font-size: .875em; padding: .5em .75em; border: 1px solid #8d95a5; border-radius: .5em; background: Field; color: FieldText; }
select { flex: 1 1 12em; min-width: 0; }
button { cursor: pointer; background: ButtonFace; color: ButtonText; }
:focus-visible { outline: 2px solid #4254c5; outline-offset: 2px; }
.required, .warn { color: light-dark(#b3261e, #ff9b92); }
.badge { display: inline-block; margin-right: .375em; padding: .1em .5em; border: 1px solid currentColor; border-radius: .375em; font-size: .75rem; }
`;
