// The side panel: htmx loads into #panel-body, the dialog opens; without script the same link is a page of its own.
export function startPanel() {
  document.addEventListener('htmx:afterSwap', (event) => {
    if (event.detail.target?.id !== 'panel-body') return;
    const panel = document.getElementById('panel');
    const title = event.detail.target.querySelector('[data-panel-title]');
    if (title) panel.querySelector('#panel-title').textContent = title.dataset.panelTitle;
    if (!panel.open) panel.showModal();
  });
}
