// A passkey needs a script: the button is there only where one runs and the browser knows passkeys.
if (window.PublicKeyCredential) {
  document.getElementById("passkey_login").hidden = false;
}
