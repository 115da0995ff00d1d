/*
 * The interactive map: a button that fetches Leaflet when somebody asks for it. Without tiles (data-tiles) it shows
 * the borders only, and no other host is asked for anything.
 */

function fetched(tag, attributes) {
  return new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement(tag), attributes);
    element.addEventListener("load", resolve);
    element.addEventListener("error", reject);
    document.head.append(element);
  });
}

function popup({ name, url, here }) {
  const link = document.createElement(here ? "strong" : "a");
  link.textContent = name;
  if (!here) link.href = url;
  return link;
}

function draw(root, box, places) {
  const { L } = window;
  const map = L.map(box, { zoomControl: false, maxZoom: 18, minZoom: 6 });
  map.attributionControl.setPrefix(false).addAttribution(root.dataset.source);
  L.control.zoom({ zoomInTitle: root.dataset.zoomIn, zoomOutTitle: root.dataset.zoomOut }).addTo(map);
  if (root.dataset.tiles) L.tileLayer(root.dataset.tiles).addTo(map);
  const layer = L.geoJSON(places, {
    style: (place) => ({ className: place.properties.here ? "oogst-map__here" : "" }),
    onEachFeature: (place, shape) => shape.bindPopup(popup(place.properties)),
  }).addTo(map);
  const here = layer.getLayers().find((shape) => shape.feature.properties.here);
  map.fitBounds((here || layer).getBounds(), { animate: false });
  if (here) here.bringToFront();
}

async function open(root, button) {
  button.disabled = true;
  try {
    const [answer] = await Promise.all([
      fetch(root.dataset.geometry),
      fetched("link", { rel: "stylesheet", href: root.dataset.stylesheet }),
      fetched("script", { src: root.dataset.library }),
    ]);
    const places = await answer.json();
    const box = document.createElement("div");
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", root.dataset.label);
    root.append(box);
    draw(root, box, places);
    button.hidden = true;
    box.focus();
  } catch {
    button.disabled = false;
    root.querySelector("[role=status]").textContent = root.dataset.failed;
  }
}

for (const root of document.querySelectorAll("[data-interactive-map]")) {
  const button = root.querySelector("button");
  root.hidden = false;
  button.addEventListener("click", () => open(root, button));
}
