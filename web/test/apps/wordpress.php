<?php
// Installs a WordPress for a test, activates the plugin and writes a post, or
// removes the plugin, all by WordPress's own functions.
//
//   php wordpress.php FOLDER STEP
[, $folder, $step] = $argv;
if ('install' === $step) {
	define('WP_INSTALLING', true);
}
require $folder . '/wp-load.php';
if ('install' === $step) {
	require ABSPATH . 'wp-admin/includes/upgrade.php';
	wp_install('A test', 'admin', 'admin@example.org', true, '', 'secret');
	exit;
}
require ABSPATH . 'wp-admin/includes/plugin.php';
if ('remove' === $step) {
	deactivate_plugins('postil/postil.php');
	uninstall_plugin('postil/postil.php');
	echo wp_json_encode(get_option('postil', 'nothing'));
	exit;
}
$failed = activate_plugin('postil/postil.php', '', false, true);
if (is_wp_error($failed)) {
	fwrite(STDERR, $failed->get_error_message());
	exit(1);
}
echo wp_insert_post([
	'post_title' => 'A post',
	'post_content' => '<p>OpenAI wants artificial general intelligence, and buys GPUs.</p>',
	'post_status' => 'publish',
], true);
