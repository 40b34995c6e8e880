/* Shows the photos of a page large, one after the other. Without it each photo is a link to the picture. */
(function () {
  'use strict';
  const yipin = window.yipin;
  if (!yipin || yipin.gallery) return;
  yipin.gallery = true;
  const { all, make, fill, modal } = yipin;
  const words = document.currentScript.dataset.words.split('|');

  function open(links, at) {
    const view = modal('lightbox', words[0]);
    const picture = make('img');
    const caption = make('p', 'lightbox-caption');
    const position = make('span', 'num');
    const close = make('button', 'button', words[1]);
    const back = make('button', 'button', words[2]);
    const on = make('button', 'button', words[3]);
    caption.setAttribute('aria-live', 'polite');
    const show = to => {
      at = (to + links.length) % links.length;
      const small = links[at].querySelector('img');
      const said = links[at].parentNode.querySelector('figcaption');
      picture.sizes = '100vw';
      picture.srcset = small.srcset;
      picture.src = links[at].href;
      picture.alt = small.alt;
      caption.textContent = '';
      if (said) Array.from(said.childNodes).forEach(node => caption.appendChild(node.cloneNode(true)));
      caption.append(' ', position);
      position.textContent = links.length > 1 ? fill(words[4], { n: at + 1, total: links.length }) : '';
    };
    close.addEventListener('click', view.close);
    back.addEventListener('click', () => show(at - 1));
    on.addEventListener('click', () => show(at + 1));
    let from = null;
    picture.addEventListener('touchstart', event => { from = event.touches.length === 1 ? event.touches[0] : null; }, { passive: true });
    picture.addEventListener('touchend', event => {
      const to = event.changedTouches[0];
      const moved = from ? to.clientX - from.clientX : 0;
      if (Math.abs(moved) > Math.max(40, Math.abs(to.clientY - from.clientY))) show(moved > 0 ? at - 1 : at + 1);
    });
    const buttons = make('p', 'modal-buttons');
    if (links.length > 1) buttons.append(back, ' ', on, ' ');
    buttons.append(close);
    view.box.append(picture, caption, buttons);
    show(at);
    view.show(close, key => {
      if (key === 'ArrowLeft') show(at - 1);
      if (key === 'ArrowRight') show(at + 1);
    });
  }

  document.addEventListener('click', event => {
    const link = event.target.closest && event.target.closest('.photo-link');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const links = all('.photo-link', link.closest('.photos'));
    open(links, links.indexOf(link));
  });
})();
