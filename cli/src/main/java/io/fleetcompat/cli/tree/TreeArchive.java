package io.fleetcompat.cli.tree;

import io.fleetcompat.collector.sysfs.Fault;
import io.fleetcompat.collector.sysfs.Found;
import io.fleetcompat.collector.sysfs.Recording;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * An archive (tar) of just what a scan read: entries in order of their paths, all of one owner and
 * time, so that the same tree gives the same bytes. Links are links; what could not be read is in
 * the {@link Manifest}, and an empty file without permissions stands for it.
 */
public final class TreeArchive {

  private static final int READABLE = 0444;
  private static final int CLOSED = 0;
  private static final int DIRECTORY = 0755;

  private final PrivateWords words;
  private final SortedMap<String, Found> entries = new TreeMap<>();
  private final SortedSet<Fault> faults = new TreeSet<>();

  private TreeArchive(PrivateWords words) {
    this.words = words;
  }

  /**
   * Writes an archive.
   *
   * @param kernel release, where known
   * @param staleFacts names of files of facts that are too old
   * @param notes for people alone
   * @param words what must not be in it
   */
  public static void write(
      OutputStream out,
      Recording recording,
      Optional<String> kernel,
      Collection<String> staleFacts,
      Collection<String> notes,
      PrivateWords words)
      throws IOException {
    TreeArchive archive = new TreeArchive(words);
    archive.faults.addAll(recording.faults());
    recording.found().forEach(archive::add);
    recording.faults().forEach(archive::stand);
    ArchivedFacts facts = new ArchivedFacts(recording.beside(), words);
    Manifest manifest =
        new Manifest(
            kernel.filter(release -> !words.areIn(release)),
            archive.faults,
            facts.stale(staleFacts),
            notes.stream().filter(note -> !words.areIn(note)).toList());
    try (TarArchiveOutputStream tar = tar(out)) {
      file(tar, Manifest.NAME, manifest.write().getBytes(StandardCharsets.UTF_8), READABLE);
      for (Map.Entry<String, Found> file : facts.files().entrySet()) {
        write(tar, ArchivePath.FACTS + "/" + file.getKey(), file.getValue());
      }
      directory(tar, ArchivePath.SYSFS);
      for (Map.Entry<String, Found> entry : archive.entries.entrySet()) {
        write(tar, ArchivePath.SYSFS + "/" + entry.getKey(), entry.getValue());
      }
    }
  }

  private void add(String path, Found thing) {
    addParents(path);
    switch (thing) {
      case Found.Link(String target) when !ArchivePath.staysInside(path, target) ->
          faults.add(Fault.of(Fault.Kind.OUTSIDE, path));
      case Found.Content content when words.areInAttribute(path, content.bytes()) -> {
        faults.add(Fault.of(Fault.Kind.WITHHELD, path));
        entries.put(path, new Found.Unread());
      }
      case Found.Link _, Found.Content _, Found.Directory _, Found.Unread _ ->
          entries.put(path, thing);
    }
  }

  /** A file that could not be read is there, and a directory that could not be listed too. */
  private void stand(Fault fault) {
    switch (fault.kind()) {
      case READ -> {
        addParents(fault.path());
        entries.putIfAbsent(fault.path(), new Found.Unread());
      }
      case LIST, MORE -> {
        if (!fault.path().isEmpty()) {
          addParents(fault.path());
          entries.putIfAbsent(fault.path(), new Found.Directory());
        }
      }
      case STAT, READLINK, MISNAMED, MISNAMED_DIRECTORY, OUTSIDE, DEVICE, WITHHELD ->
          addParents(fault.path());
    }
  }

  private void addParents(String path) {
    for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      entries.putIfAbsent(path.substring(0, slash), new Found.Directory());
    }
  }

  private static TarArchiveOutputStream tar(OutputStream out) {
    TarArchiveOutputStream tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
    return tar;
  }

  private static void write(TarArchiveOutputStream tar, String name, Found thing)
      throws IOException {
    switch (thing) {
      case Found.Directory _ -> directory(tar, name);
      case Found.Content content -> file(tar, name, content.bytes(), READABLE);
      case Found.Unread _ -> file(tar, name, new byte[0], CLOSED);
      case Found.Link(String target) -> {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK, true);
        entry.setLinkName(target);
        put(tar, entry, 0777);
      }
    }
  }

  private static void directory(TarArchiveOutputStream tar, String name) throws IOException {
    put(tar, new TarArchiveEntry(name + "/", true), DIRECTORY);
  }

  private static void file(TarArchiveOutputStream tar, String name, byte[] bytes, int mode)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(bytes.length);
    entry(entry, mode);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, int mode)
      throws IOException {
    entry(entry, mode);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  private static void entry(TarArchiveEntry entry, int mode) {
    entry.setMode(mode);
    entry.setModTime(0);
    entry.setIds(0, 0);
    entry.setNames("", "");
  }
}
