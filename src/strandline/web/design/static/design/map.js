// Draws the schools of a page on a map without tiles. The page holds the same schools as a list.
(() => {
  const SHAPES = {
    circle: '<circle r="11"/>',
    square: '<rect x="-10" y="-10" width="20" height="20"/>',
    diamond: '<path d="M0-13 13 0 0 13-13 0z"/>',
    triangle: '<path d="M0-13 13 10-13 10z"/>',
  };

  document.querySelectorAll("[data-map]").forEach(async (frame) => {
    frame.hidden = false;
    const says = frame.querySelector("[data-map-says]");
    try {
      const answer = await fetch(frame.dataset.places, { headers: { Accept: "application/geo+json" }, credentials: "same-origin" });
      if (!answer.ok) throw new Error(`The places were not sent (${answer.status}).`);
      draw(frame, await answer.json(), says);
    } catch (problem) {
      frame.querySelector(".desk-map__canvas").hidden = true;
      says.textContent = `The map could not be drawn. ${problem.message} The list holds every school.`;
    }
  });

  function draw(frame, places, says) {
    const grid = frame.dataset.coordinates === "grid";
    const map = L.map(frame.querySelector(".desk-map__canvas"), {
      crs: grid ? L.CRS.Simple : L.CRS.EPSG3857,
      minZoom: grid ? -12 : 3,
      maxZoom: grid ? 2 : 18,
      zoomSnap: 0.25,
      attributionControl: false,
    });
    map.zoomControl.setPosition("topright");
    L.control.scale({ imperial: true, position: "bottomleft" }).addTo(map);
    const boundaries = places.features.filter((feature) => feature.properties.kind === "boundary");
    const schools = places.features.filter((feature) => feature.properties.kind !== "boundary");
    const areas = L.geoJSON({ type: "FeatureCollection", features: boundaries }, {
      interactive: false,
      style: () => ({ className: "desk-map__boundary", weight: 1.5 }),
    }).addTo(map);
    const marks = new Map();
    const signs = JSON.parse(frame.dataset.signs || "{}");
    const points = L.geoJSON({ type: "FeatureCollection", features: schools }, {
      pointToLayer: (feature, at) => {
        const mark = L.marker(at, { icon: icon(feature.properties, signs), keyboard: false, riseOnHover: true });
        mark.bindPopup(() => popup(feature.properties));
        marks.set(String(feature.properties.urn), mark);
        return mark;
      },
    }).addTo(map);
    const bounds = points.getBounds().isValid() ? points.getBounds().extend(areas.getBounds()) : areas.getBounds();
    if (bounds.isValid()) map.fitBounds(bounds.pad(0.04));
    says.textContent = `${schools.length} ${schools.length === 1 ? "school" : "schools"} on the map.`;
    follow(frame, marks);
  }

  function icon(school, signs) {
    const step = school.code ? (school.step ? `step-${school.step}` : "plain") : "unknown";
    const shape = SHAPES[school.shape] ?? SHAPES.circle;
    const code = document.createElement("span");
    code.textContent = school.code ? (signs[school.code] ?? school.code.slice(0, 3)) : "?";
    return L.divIcon({
      className: `desk-map__mark desk-map__mark--${step}`,
      iconSize: [28, 28],
      html: `<svg viewBox="-14 -14 28 28" width="28" height="28" aria-hidden="true" focusable="false">${shape}<text y="4">${code.innerHTML}</text></svg>`,
    });
  }

  function popup(school) {
    const inside = document.createElement("div");
    const name = document.createElement("a");
    name.className = "govuk-link";
    name.href = school.href;
    name.textContent = school.name;
    const words = document.createElement("p");
    const code = school.code && school.code.length <= 3 ? school.code : "";
    words.textContent = [code, school.words || (code ? "" : "Not known")].filter(Boolean).join(": ");
    inside.append(name, words);
    return inside;
  }

  // Pointing at a school in the list lifts it out on the map.
  function follow(frame, marks) {
    frame.closest(".desk-map").querySelectorAll("[data-urn]").forEach((place) => {
      const mark = marks.get(place.dataset.urn);
      if (!mark) return;
      const lift = (up) => () => {
        mark.getElement()?.classList.toggle("desk-map__mark--lifted", up);
        mark.setZIndexOffset(up ? 1000 : 0);
      };
      for (const begins of ["mouseenter", "focusin"]) place.addEventListener(begins, lift(true));
      for (const ends of ["mouseleave", "focusout"]) place.addEventListener(ends, lift(false));
    });
  }
})();
