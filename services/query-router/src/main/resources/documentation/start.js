// No validator: it would send the document to somebody else.
window.ui = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#documentation',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
});
